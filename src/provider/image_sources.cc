#include "src/provider/image_sources.h"

#include <algorithm>

#include "src/cloud/vendors.h"
#include "src/core/text.h"
#include "src/provider/diagnostics.h"
#include "src/provider/image_data.h"
#include "src/provider/tags.h"
#include "tf/validate.h"

namespace provider {
namespace {

using cloud::CopyState;
using cloud::CopyStatus;
using tf::Attribute;
using tf::AttributePath;
using tf::Presence;
using tf::Type;
using tf::Value;

/// How long all calls of one read may take.
constexpr std::chrono::minutes kPatience{5};

/// So many are named where one is wanted.
constexpr std::size_t kMaxNamed = 10;

Attribute cloud_attribute() {
  return {.name = "cloud",
          .presence = Presence::required,
          .description = "The cloud to look on: " + core::enumerate(cloud::vendor_names("`"), "or") + ".",
          .validators = {tf::validators::one_of(cloud::vendor_names())}};
}

Attribute region_attribute() {
  return {.name = "region",
          .presence = Presence::optional_computed,
          .description = "The region to look in. Default: the provider's region for the cloud.",
          .validators = {tf::validators::length_between(1, 64)}};
}

Attribute optional(std::string name, std::string description, Type type = Type::string()) {
  return {.name = std::move(name),
          .type = std::move(type),
          .presence = Presence::optional,
          .description = std::move(description)};
}

/// Looked up by name in what `image_attributes()` gives, and made an input as well.
void make_input(std::vector<Attribute>& attributes, std::string_view name, const std::string& description) {
  const auto found = std::ranges::find(attributes, name, &Attribute::name);
  found->presence = Presence::optional_computed;
  found->description = description;
}

/// A cloud that is open, and the region to look in.
struct Target {
  Session session;
  std::string cloud;
  std::string region;
};

std::optional<Target> open_target(const CurrentClouds& clouds, core::Clock& clock, const Value& config,
                                  const std::stop_token& stop, tf::Diagnostics& diagnostics) {
  const std::string cloud = config["cloud"].text().value_or("");
  auto session = open_session(clouds, clock, cloud, stop, diagnostics);
  if (!session) return std::nullopt;
  const std::string region = config["region"].text().value_or(session->default_region);
  if (region.empty()) {
    diagnostics.push_back(tf::error("Missing Region",
                                    "Neither this data source nor the provider configuration says in which "
                                    "region to look. Set region, or "
                                    "the region of the cloud in the provider configuration.",
                                    AttributePath("region")));
    return std::nullopt;
  }
  return Target{.session = std::move(*session), .cloud = cloud, .region = region};
}

/// The images of the place that match; nothing after an error.
std::optional<std::vector<CopyStatus>> find_images(const Target& target, const ImageFilter& filter,
                                                   const core::Context& context,
                                                   tf::Diagnostics& diagnostics) {
  const auto listed = target.session.cache().images(target.region, "", context);
  if (listed) return matching(**listed, filter);
  // What says that of a copy's source says it of the region here.
  const bool is_region = culprit(listed.error()) == AttributePath("source_region");
  diagnostics.push_back(call_failed("Images Not Listed", "list the images", listed.error(),
                                    AttributePath(is_region ? "region" : "cloud")));
  return std::nullopt;
}

/// `base` with what the image shows.
Value with_image(Value base, const Target& target, const CopyStatus& view) {
  const Value shown = image_value(target.cloud, target.region, view);
  for (const auto& [name, value] : *shown.as_attributes()) base.set(name, value);
  base.set("region", target.region);
  return base;
}

tf::Diagnostic several_found(const Target& target, const ImageFilter& filter,
                             const std::vector<CopyStatus>& found) {
  std::string detail = std::to_string(found.size()) + " images are " +
                       describe_wish(target.cloud, target.region, filter) + ":";
  for (std::size_t i = 0; i < std::min(found.size(), kMaxNamed); ++i) {
    detail += "\n  " + found[i].image_id + "  " + found[i].image->created_at + "  " + found[i].image->name;
  }
  if (found.size() > kMaxNamed) detail += "\n  and more";
  return tf::error("Several Images Found",
                   detail + "\n\nSet most_recent = true for the newest, or name one by its image_id.",
                   AttributePath(filter.name.empty() ? "name_regex" : "name"));
}

}  // namespace

ImageInfoSource::ImageInfoSource(const CurrentClouds& clouds, core::Clock& clock)
    : clouds_(clouds), clock_(clock), schema_([] {
        tf::Schema schema{.version = 0,
                          .description =
                              "One of the account's own images: by its id, or by its name among those that "
                              "are available.",
                          .attributes = image_attributes()};
        make_input(schema.attributes, "image_id", "The id of the image in its region.");
        make_input(schema.attributes, "name", "The name, exactly.");
        for (Attribute& input : std::vector{
                 cloud_attribute(), region_attribute(), name_regex_attribute(),
                 optional("most_recent", "Whether the newest counts if several match. Default: `false`.",
                          Type::boolean())}) {
          schema.attributes.push_back(std::move(input));
        }
        return schema;
      }()) {}

tf::Diagnostics ImageInfoSource::validate(const Value& config) const {
  int set = 0;
  for (const char* name : {"image_id", "name", "name_regex"}) {
    if (config[name].is_unknown()) return {};
    if (config[name].text() == "") {
      return {tf::error("Which Image?", "An empty text names no image. Leave it out, or give it a value.",
                        AttributePath(name))};
    }
    set += config[name].is_null() ? 0 : 1;
  }
  if (set != 1) {
    return {tf::error(
        "Which Image?",
        "Exactly one of image_id, name and name_regex must be set, not " + std::to_string(set) + ".",
        AttributePath("image_id"))};
  }
  if (!config["image_id"].is_null() && config["most_recent"].boolean() == true) {
    return {tf::error("Which Image?", "An id names one image; remove most_recent.",
                      AttributePath("most_recent"))};
  }
  return {};
}

tf::DataResponse ImageInfoSource::read(const Value& config, const std::stop_token& stop) {
  tf::DataResponse response;
  const auto target = open_target(clouds_, clock_, config, stop, response.diagnostics);
  if (!target) return response;
  const core::Context context{.deadline = clock_.now() + kPatience, .stop = stop};

  if (const auto id = config["image_id"].text()) {
    const cloud::CopyReference wanted{.destination_region = target->region, .image_id = *id};
    const auto status = target->session.cache().describe(wanted, context);
    if (!status) {
      response.diagnostics.push_back(
          call_failed("Image Not Read", "read the image", status.error(), AttributePath("image_id")));
    } else if (!status->image) {
      response.diagnostics.push_back(
          tf::error("Image Not Found",
                    "There is no image " + *id + " in region " + target->region + " on " + target->cloud +
                        " that these credentials can see. Check the id and the region.",
                    AttributePath("image_id")));
    } else {
      response.state = with_image(config, *target, *status);
    }
    return response;
  }

  const ImageFilter filter{.name = config["name"].text().value_or(""),
                           .name_regex = config["name_regex"].text().value_or(""),
                           .state = CopyState::available,
                           .tags = {}};
  const auto found = find_images(*target, filter, context, response.diagnostics);
  if (!found) return response;
  if (found->empty()) {
    response.diagnostics.push_back(tf::error(
        "Image Not Found",
        "The account has no available image " + describe_wish(target->cloud, target->region, filter) + ".",
        AttributePath(filter.name.empty() ? "name_regex" : "name")));
  } else if (found->size() > 1 && config["most_recent"].boolean() != true) {
    response.diagnostics.push_back(several_found(*target, filter, *found));
  } else {
    response.state = with_image(config, *target, found->front());
  }
  return response;
}

ImageListSource::ImageListSource(const CurrentClouds& clouds, core::Clock& clock)
    : clouds_(clouds), clock_(clock), schema_([] {
        Attribute status =
            optional("status",
                     "Only images of this status: `queued`, `copying`, `available`, `failed` or "
                     "`unknown`.");
        status.validators = {tf::validators::one_of({"queued", "copying", "available", "failed", "unknown"})};
        return tf::Schema{
            .version = 0,
            .description = "All of the account's own images in one region that match, newest first.",
            .attributes = {
                cloud_attribute(), region_attribute(), optional("name", "Only images of exactly this name."),
                name_regex_attribute(), std::move(status),
                optional(
                    "tags",
                    "Only images that have all of these tags, where the cloud tells them: not on " +
                        cloud::display_names([](const cloud::Vendor& v) { return !v.reports_tags; }, "or") +
                        ".",
                    Type::map(Type::string())),
                Attribute{.name = "ids",
                          .type = Type::list(Type::string()),
                          .presence = Presence::computed,
                          .description = "Their ids in the region."},
                Attribute{.name = "images",
                          .presence = Presence::computed,
                          .description = "The images.",
                          .nested = std::make_shared<const tf::NestedAttributes>(tf::NestedAttributes{
                              .nesting = tf::Nesting::list, .attributes = image_attributes()})}}};
      }()) {}

tf::Diagnostics ImageListSource::validate(const Value& config) const {
  const cloud::Vendor* vendor = cloud::find_vendor(config["cloud"].text().value_or(""));
  if (vendor == nullptr || vendor->reports_tags || config["tags"].is_null()) return {};
  const std::string name(vendor->display_name);
  return {tf::error("Not Possible on " + name,
                    name + " does not tell which tags an image has. Remove this argument.",
                    AttributePath("tags"))};
}

tf::DataResponse ImageListSource::read(const Value& config, const std::stop_token& stop) {
  tf::DataResponse response;
  const auto target = open_target(clouds_, clock_, config, stop, response.diagnostics);
  if (!target) return response;
  const ImageFilter filter{.name = config["name"].text().value_or(""),
                           .name_regex = config["name_regex"].text().value_or(""),
                           .state = cloud::parse_copy_state(config["status"].text().value_or("")),
                           .tags = known_tags(config["tags"])};
  const core::Context context{.deadline = clock_.now() + kPatience, .stop = stop};
  const auto found = find_images(*target, filter, context, response.diagnostics);
  if (!found) return response;
  Value::Elements ids;
  Value::Elements images;
  for (const CopyStatus& view : *found) {
    ids.emplace_back(view.image_id);
    images.push_back(image_value(target->cloud, target->region, view));
  }
  response.state = config;
  response.state.set("region", target->region);
  response.state.set("ids", std::move(ids));
  response.state.set("images", std::move(images));
  return response;
}

}  // namespace provider
