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

/// How many images an error names if more than one matches.
constexpr std::size_t kMaxNamed = 10;

Attribute cloud_attribute() {
  return {.name = "cloud",
          .presence = Presence::required,
          .description = "The cloud to search: " + core::enumerate(cloud::vendor_names("`"), "or") + ".",
          .validators = {tf::validators::one_of(cloud::vendor_names())}};
}

Attribute region_attribute() {
  return {.name = "region",
          .presence = Presence::optional_computed,
          .description = "The region to search. Defaults to the provider's region for the cloud.",
          .validators = {tf::validators::length_between(1, 64)}};
}

Attribute optional(std::string name, std::string description, Type type = Type::string()) {
  return {.name = std::move(name),
          .type = std::move(type),
          .presence = Presence::optional,
          .description = std::move(description)};
}

/// Makes one of `image_attributes()` an optional argument.
void make_input(std::vector<Attribute>& attributes, std::string_view name, const std::string& description) {
  const auto found = std::ranges::find(attributes, name, &Attribute::name);
  found->presence = Presence::optional_computed;
  found->description = description;
}

/// An open session with a cloud, and the region to search.
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
    diagnostics.push_back(
        tf::error("Missing Region",
                  "The region to search is not set. Set region, or set the default region of this cloud in "
                  "the provider configuration.",
                  AttributePath("region")));
    return std::nullopt;
  }
  return Target{.session = std::move(*session), .cloud = cloud, .region = region};
}

/// The images in the target that match. Returns nullopt, with a diagnostic, on an error.
std::optional<std::vector<CopyStatus>> find_images(const Target& target, const ImageFilter& filter,
                                                   const core::Context& context,
                                                   tf::Diagnostics& diagnostics) {
  const auto listed = target.session.cache().images(target.region, "", context);
  if (listed) return matching(**listed, filter);
  // An error that is caused by the source region of a copy is caused by the region here.
  const bool is_region = culprit(listed.error()) == AttributePath("source_region");
  diagnostics.push_back(call_failed("Images Not Listed", "list the images", listed.error(),
                                    AttributePath(is_region ? "region" : "cloud")));
  return std::nullopt;
}

/// Returns `base` with the attributes of the image.
Value with_image(Value base, const Target& target, const CopyStatus& status) {
  const Value image = image_value(target.cloud, target.region, status);
  for (const auto& [name, value] : *image.as_attributes()) base.set(name, value);
  base.set("region", target.region);
  return base;
}

tf::Diagnostic several_found(const Target& target, const ImageFilter& filter,
                             const std::vector<CopyStatus>& found) {
  std::string detail = "The account has " + std::to_string(found.size()) + " available images " +
                       describe_filter(target.session.vendor(), target.region, filter) + ":";
  for (std::size_t i = 0; i < std::min(found.size(), kMaxNamed); ++i) {
    detail += "\n  " + found[i].image_id + "  " + found[i].image->created_at + "  " + found[i].image->name;
  }
  if (found.size() > kMaxNamed) detail += "\n  and more";
  return tf::error("Multiple Images Found",
                   detail + "\n\nSet most_recent = true to use the newest, or set image_id.",
                   AttributePath(filter.name.empty() ? "name_regex" : "name"));
}

}  // namespace

ImageInfoSource::ImageInfoSource(const CurrentClouds& clouds, core::Clock& clock)
    : clouds_(clouds), clock_(clock), schema_([] {
        tf::Schema schema{.version = 0,
                          .description =
                              "Reads one image of the account: any image by its ID, or an available image by "
                              "its name.",
                          .attributes = image_attributes()};
        make_input(schema.attributes, "image_id",
                   "The ID of the image in its region. Conflicts with `name` and `name_regex`.");
        make_input(schema.attributes, "name",
                   "The exact name of the image. Conflicts with `image_id` and `name_regex`.");
        for (Attribute& input :
             std::vector{cloud_attribute(), region_attribute(), name_regex_attribute(),
                         optional("most_recent",
                                  "Whether to use the newest image if more than one matches. Conflicts with "
                                  "`image_id`. Defaults to `false`.",
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
      return {tf::error("Invalid Attribute Value",
                        std::string("The value of ") + name + " must not be empty.", AttributePath(name))};
    }
    set += config[name].is_null() ? 0 : 1;
  }
  if (set != 1) {
    return {tf::error("Invalid Attribute Combination",
                      "Set exactly one of image_id, name or name_regex; " +
                          (set == 0 ? std::string("none is") : std::to_string(set) + " are") + " set.",
                      AttributePath("image_id"))};
  }
  if (!config["image_id"].is_null() && config["most_recent"].boolean() == true) {
    return {tf::error("Invalid Attribute Combination",
                      "most_recent cannot be set together with image_id. Remove one of them.",
                      AttributePath("most_recent"))};
  }
  return {};
}

tf::DataResponse ImageInfoSource::read(const Value& config, const std::stop_token& stop) {
  tf::DataResponse response;
  const auto target = open_target(clouds_, clock_, config, stop, response.diagnostics);
  if (!target) return response;
  const core::Context context{.deadline = clock_.now() + clouds_.timeouts().data_source, .stop = stop};

  if (const auto id = config["image_id"].text()) {
    const cloud::CopyReference reference{.destination_region = target->region, .image_id = *id};
    const auto status = target->session.cache().describe(reference, context);
    if (!status) {
      response.diagnostics.push_back(
          call_failed("Image Not Read", "read the image", status.error(), AttributePath("image_id")));
    } else if (!status->image) {
      response.diagnostics.push_back(
          tf::error("Image Not Found",
                    "There is no image " + *id + " in region " + target->region + " on " +
                        std::string(target->session.vendor().display_name) +
                        " that these credentials can read. Check the ID and the region.",
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
    response.diagnostics.push_back(
        tf::error("Image Not Found",
                  "The account has no available image " +
                      describe_filter(target->session.vendor(), target->region, filter) + ".",
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
        Attribute status = optional(
            "status",
            "Return only images with this status: `queued`, `copying`, `available`, `failed` or `unknown`.");
        status.validators = {tf::validators::one_of({"queued", "copying", "available", "failed", "unknown"})};
        return tf::Schema{
            .version = 0,
            .description =
                "Lists the images of the account in one region that match all of the given filters, newest "
                "first.",
            .attributes = {
                cloud_attribute(), region_attribute(),
                optional("name", "Return only images with exactly this name."), name_regex_attribute(),
                std::move(status),
                optional("tags",
                         "Return only images that have all of these tags. Not supported on " +
                             cloud::display_names(
                                 [](const cloud::Vendor& v) { return !v.traits.reports_tags; }, "or") +
                             ".",
                         Type::map(Type::string())),
                Attribute{.name = "ids",
                          .type = Type::list(Type::string()),
                          .presence = Presence::computed,
                          .description = "The IDs of the images that match, newest first."},
                Attribute{.name = "images",
                          .presence = Presence::computed,
                          .description = "The images that match, newest first.",
                          .nested = std::make_shared<const tf::NestedAttributes>(tf::NestedAttributes{
                              .nesting = tf::Nesting::list, .attributes = image_attributes()})}}};
      }()) {}

tf::Diagnostics ImageListSource::validate(const Value& config) const {
  const cloud::Vendor* vendor = cloud::find_vendor(config["cloud"].text().value_or(""));
  if (vendor == nullptr || vendor->traits.reports_tags || config["tags"].is_null()) return {};
  const std::string name(vendor->display_name);
  return {tf::error("Argument Not Supported by This Cloud",
                    name + " does not report the tags of images. Remove this argument.",
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
  const core::Context context{.deadline = clock_.now() + clouds_.timeouts().data_source, .stop = stop};
  const auto found = find_images(*target, filter, context, response.diagnostics);
  if (!found) return response;
  Value::Elements ids;
  Value::Elements images;
  for (const CopyStatus& status : *found) {
    ids.emplace_back(status.image_id);
    images.push_back(image_value(target->cloud, target->region, status));
  }
  response.state = config;
  response.state.set("region", target->region);
  response.state.set("ids", std::move(ids));
  response.state.set("images", std::move(images));
  return response;
}

}  // namespace provider
