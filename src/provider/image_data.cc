#include "src/provider/image_data.h"

#include <re2/re2.h>

#include <algorithm>
#include <memory>

#include "src/cloud/vendors.h"
#include "src/core/text.h"
#include "src/provider/import_id.h"
#include "src/provider/tags.h"

namespace provider {
namespace {

using cloud::CopyStatus;
using tf::Attribute;
using tf::Presence;
using tf::Type;
using tf::Value;

Attribute computed(std::string name, std::string description, Type type = Type::string()) {
  return {.name = std::move(name),
          .type = std::move(type),
          .presence = Presence::computed,
          .description = std::move(description)};
}

std::optional<std::string> nothing_if_empty(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return text;
}

bool is_newer(const CopyStatus& a, const CopyStatus& b) {
  if (a.image->created_at != b.image->created_at) return a.image->created_at > b.image->created_at;
  return a.image_id > b.image_id;
}

bool has_tags(const cloud::Image& image, const cloud::Tags& required) {
  return std::ranges::all_of(required, [&](const auto& tag) {
    if (!image.tags) return false;
    const auto found = image.tags->find(tag.first);
    return found != image.tags->end() && found->second == tag.second;
  });
}

}  // namespace

std::vector<Attribute> image_attributes() {
  return {
      computed("id", "The import ID of the image for `image_copy`, in the form `cloud/region/image_id`."),
      computed("image_id", "The ID of the image in its region."),
      computed("name", "The name of the image."),
      computed("description", "The description of the image."),
      computed("status", "The status of the image: `queued`, `copying`, `available`, `failed` or `unknown`."),
      computed("size_gb", "The size of the image's disk in GiB, as reported by the cloud.", Type::number()),
      computed("os_type", "The operating system family, such as `linux`."),
      computed("os_name", "The name of the operating system."),
      computed("architecture", "The processor architecture, as named by the cloud."),
      computed("created_at", "The time when the image was created, in UTC."),
      computed("encrypted", "Whether the image is encrypted, where the cloud reports it.", Type::boolean()),
      computed("snapshot_ids",
               "The IDs of the snapshots that the image is built on (" +
                   cloud::display_names([](const cloud::Vendor& v) { return v.keeps_snapshots; }) + ").",
               Type::list(Type::string())),
      computed("tags",
               "The tags of the image. Not available on " +
                   cloud::display_names([](const cloud::Vendor& v) { return !v.traits.reports_tags; }, "or") +
                   ".",
               Type::map(Type::string())),
  };
}

Attribute name_regex_attribute() {
  return {
      .name = "name_regex",
      .presence = Presence::optional,
      .description = "A regular expression in RE2 syntax that matches part of the name, such as `^golden-`.",
      .validators = {[](const Value& value) -> std::optional<std::string> {
        const RE2 pattern(value.text().value_or(""), RE2::Quiet);
        if (value.text() == "")
          return "The value must not be empty. To match every name, remove the argument.";
        if (pattern.ok()) return std::nullopt;
        return "The value must be a regular expression in RE2 syntax, not \"" + *value.text() +
               "\": " + pattern.error() + ".";
      }}};
}

Value image_value(const std::string& cloud, const std::string& region, const CopyStatus& status) {
  const cloud::Image& image = *status.image;
  Value value = Value::Attributes{};
  value.set("id", image_import_id(cloud, region, status.image_id));
  value.set("image_id", status.image_id);
  value.set("name", image.name);
  value.set("description", Value::of(nothing_if_empty(image.description)));
  value.set("status", cloud::to_string(status.state));
  value.set("size_gb", Value::of(image.size_gb));
  value.set("os_type", Value::of(nothing_if_empty(image.os_type)));
  value.set("os_name", Value::of(nothing_if_empty(image.os_name)));
  value.set("architecture", Value::of(nothing_if_empty(image.architecture)));
  value.set("created_at", Value::of(nothing_if_empty(image.created_at)));
  value.set("encrypted", Value::of(image.encrypted));
  value.set("snapshot_ids", Value::Elements(image.snapshot_ids.begin(), image.snapshot_ids.end()));
  value.set("tags", image.tags ? tags_value(*image.tags) : Value());
  return value;
}

std::vector<CopyStatus> matching(std::vector<CopyStatus> images, const ImageFilter& filter) {
  const RE2 pattern(filter.name_regex, RE2::Quiet);
  std::erase_if(images, [&](const CopyStatus& status) {
    if (!status.image || (filter.state && status.state != *filter.state)) return true;
    if (!filter.name.empty() && status.image->name != filter.name) return true;
    if (!filter.name_regex.empty() && !RE2::PartialMatch(status.image->name, pattern)) return true;
    return !has_tags(*status.image, filter.tags);
  });
  std::ranges::sort(images, is_newer);
  return images;
}

std::string describe_filter(const cloud::Vendor& vendor, const std::string& region,
                            const ImageFilter& filter) {
  std::string text;
  if (!filter.name.empty()) text += "named \"" + filter.name + "\" ";
  if (!filter.name_regex.empty()) text += "whose name matches \"" + filter.name_regex + "\" ";
  return text + "in region " + region + " on " + std::string(vendor.display_name);
}

}  // namespace provider
