#include <algorithm>

#include "tests/emulator/huaweicloud/actions.h"
#include "tests/emulator/huaweicloud/errors.h"
#include "tests/emulator/huaweicloud/rules.h"
#include "tests/emulator/number_text.h"

namespace emulator::huaweicloud {
namespace {

using Tag = std::pair<std::string, std::string>;

Result<Image*> find_tagged(Context& context) {
  ApiError missing = ims_refusal("0144", "There is no image " + context.path["image_id"] + ".");
  missing.status = 404;
  return find_image(context, missing);
}

/// The pages of the calls limit keys to 36 characters and values to 43, the newest page on formats to 128 and
/// 255 (huaweicloud/API.md 3.13).
Result<Tag> read_tag(const Json& item, bool has_long_tags) {
  if (!item.is_object()) return std::unexpected(ims_refusal("0115", "A tag must be an object."));
  const auto key = read_text(item, "key");
  const auto value = read_text(item, "value");
  const std::size_t max_key = has_long_tags ? 128 : 36;
  const std::size_t max_value = has_long_tags ? 255 : 43;
  if (!key || !value || key->empty() || !is_text(*key, max_key, "=") || !is_text(*value, max_value)) {
    return std::unexpected(ims_refusal("0115", "A tag needs a key of 1 to " + std::to_string(max_key) +
                                                   " characters and a value of at most " +
                                                   std::to_string(max_value) + "."));
  }
  return Tag(*key, *value);
}

std::optional<ApiError> add_tags(Context& context, Image& image, const std::vector<Tag>& tags) {
  auto merged = image.tags;
  for (const auto& [key, value] : tags) merged[key] = value;
  if (merged.size() > static_cast<std::size_t>(context.environment.switches.huaweicloud.tags_per_image)) {
    return ims_refusal("0116", "The image would have too many tags.");
  }
  image.tags = std::move(merged);
  return std::nullopt;
}

/// Reads a number, or a string that contains one, as in the vendor's samples.
std::optional<std::size_t> read_count(const Json& body, const char* name, std::size_t otherwise) {
  if (!body.contains(name)) return otherwise;
  const Json& value = body[name];
  if (value.is_number_unsigned()) return value.get<std::size_t>();
  const auto number = value.is_string() ? parse_number(value.get<std::string>()) : std::nullopt;
  return number ? std::optional(static_cast<std::size_t>(*number)) : std::nullopt;
}

Json tags_json(const Image& image) {
  Json tags = Json::array();
  for (const auto& [key, value] : image.tags) tags.push_back({{"key", key}, {"value", value}});
  return tags;
}

}  // namespace

Result<Reply> list_image_tags(Context& context) {
  const auto image = find_tagged(context);
  if (!image) return std::unexpected(image.error());
  return Reply{.body = {{"tags", tags_json(**image)}}};
}

/// Supports no conditions on the tags, because no client here uses them.
Result<Reply> list_images_by_tag(Context& context) {
  constexpr std::size_t kDefaultPage = 10;
  constexpr std::size_t kMaxPage = 1000;
  const auto body = read_object(context.request);
  if (!body) return std::unexpected(body.error());
  const auto limit = read_count(*body, "limit", kDefaultPage);
  const auto offset = read_count(*body, "offset", 0);
  if (read_text(*body, "action") != "filter" || !limit || *limit == 0 || *limit > kMaxPage || !offset) {
    return std::unexpected(
        ims_refusal("0001", "action must be filter, limit 1 to 1000, and offset a number."));
  }
  for (const char* condition : {"tags", "tags_any", "not_tags", "not_tags_any", "matches"}) {
    if (body->contains(condition)) {
      return std::unexpected(ims_refusal("0001", std::string(condition) + " is not emulated."));
    }
  }
  Json resources = Json::array();
  std::size_t number = 0;
  for (const auto& [key, image] : context.world.data().images) {
    const bool here = key.cloud == Cloud::huaweicloud && key.region == context.request.region &&
                      image.project_id == context.caller.project_id;
    if (!here || (image.tags.empty() && !context.environment.switches.huaweicloud.search_untagged)) continue;
    if (number >= *offset && number < *offset + *limit) {
      resources.push_back({{"resource_id", key.id},
                           {"resource_name", image.name},
                           {"resource_detail", nullptr},
                           {"tags", tags_json(image)}});
    }
    ++number;
  }
  return Reply{.body = {{"resources", resources}, {"total_count", number}}};
}

Result<Reply> change_image_tags(Context& context) {
  const auto body = read_object(context.request);
  if (!body) return std::unexpected(body.error());
  const auto action = read_text(*body, "action");
  const bool known = action && (*action == "create" || *action == "delete");
  if (!known || !body->contains("tags") || !(*body)["tags"].is_array()) {
    return std::unexpected(ims_refusal("0001", "action must be create or delete, and tags a list."));
  }
  const auto image = find_tagged(context);
  if (!image) return std::unexpected(image.error());
  std::vector<Tag> tags;
  for (const Json& item : (*body)["tags"]) {
    const auto tag = read_tag(item, context.environment.switches.huaweicloud.long_tags);
    if (!tag) return std::unexpected(tag.error());
    tags.push_back(*tag);
  }
  if (*action == "create") {
    if (auto refused = add_tags(context, **image, tags)) return std::unexpected(*refused);
  } else {
    for (const Tag& tag : tags) (*image)->tags.erase(tag.first);
  }
  return Reply{.status = 204};
}

Result<Reply> add_image_tag(Context& context) {
  const auto body = read_object(context.request);
  if (!body) return std::unexpected(body.error());
  const auto image = find_tagged(context);
  if (!image) return std::unexpected(image.error());
  const auto tag = read_tag(body->contains("tag") ? (*body)["tag"] : Json(),
                            context.environment.switches.huaweicloud.long_tags);
  if (!tag) return std::unexpected(tag.error());
  if (auto refused = add_tags(context, **image, {*tag})) return std::unexpected(*refused);
  return Reply{.status = 204};
}

Result<Reply> delete_image_tag(Context& context) {
  const auto image = find_tagged(context);
  if (!image) return std::unexpected(image.error());
  if ((*image)->tags.erase(context.path["key"]) > 0) return Reply{.status = 204};
  ApiError missing = ims_refusal("0115", "The image has no such tag.");
  missing.status = 404;
  return std::unexpected(missing);
}

Result<Reply> list_all_tags(Context& context) {
  std::map<std::string, std::set<std::string>> values;
  for (const auto& [key, image] : context.world.data().images) {
    const bool here = key.cloud == Cloud::huaweicloud && key.region == context.request.region &&
                      image.project_id == context.caller.project_id;
    if (!here) continue;
    for (const auto& [name, value] : image.tags) values[name].insert(value);
  }
  Json tags = Json::array();
  for (const auto& [name, known] : values) tags.push_back({{"key", name}, {"values", known}});
  return Reply{.body = {{"tags", tags}}};
}

}  // namespace emulator::huaweicloud
