#include <algorithm>
#include <map>

#include "tests/emulator/alicloud/actions.h"
#include "tests/emulator/alicloud/errors.h"
#include "tests/emulator/alicloud/rules.h"

namespace emulator::alicloud {
namespace {

constexpr std::size_t kMaxResources = 50;
constexpr std::size_t kMaxTagsOfOne = 20;

std::optional<ApiError> check_type(const Call& call) {
  if (call.get("ResourceType").empty()) {
    return api_error("MissingParameter.ResourceType", "ResourceType must be given.");
  }
  if (call.get("ResourceType") != "image") {
    return api_error("InvalidResourceType.NotFound", "The emulator has tags of images only.");
  }
  return std::nullopt;
}

/// Finds all images in `ResourceId.N`. Returns an error if one does not exist.
Result<std::vector<Image*>> find_resources(Context& context) {
  if (auto refused = check_type(context.call)) return std::unexpected(*refused);
  const std::vector<std::string> ids = context.call.list("ResourceId");
  if (ids.empty()) return std::unexpected(api_error("MissingParameter", "ResourceId.1 must be given."));
  if (ids.size() > kMaxResources) {
    return std::unexpected(api_error("NumberExceed.ResourceIds", "A call takes at most 50 resources."));
  }
  std::vector<Image*> images;
  for (const std::string& id : ids) {
    Image* image = context.world.find(Cloud::alicloud, context.region, id, context.key.account);
    if (image == nullptr) {
      return std::unexpected(api_error("InvalidResourceId.NotFound", "There is no image " + id + "."));
    }
    images.push_back(image);
  }
  return images;
}

}  // namespace

Result<Json> tag_resources(Context& context) {
  const auto images = find_resources(context);
  if (!images) return std::unexpected(images.error());
  const auto tags = context.call.tags();
  if (tags.empty()) return std::unexpected(api_error("MissingParameter.Tags", "Tag.1.Key must be given."));
  for (std::size_t n = 1; n <= tags.size(); ++n) {
    if (!context.call.has("Tag." + std::to_string(n) + ".Value")) {
      return std::unexpected(api_error("MissingParameter.Tags", "Every tag needs a value, if an empty one."));
    }
  }
  if (auto refused = check_tags(tags)) return std::unexpected(*refused);
  for (const Image* image : *images) {
    auto merged = image->tags;
    for (const auto& [key, value] : tags) merged[key] = value;
    if (merged.size() > kMaxTagsOfOne) {
      return std::unexpected(api_error("QuotaExceed.Tags", "An image has at most 20 tags."));
    }
  }
  for (Image* image : *images) {
    for (const auto& [key, value] : tags) image->tags[key] = value;
  }
  return Json::object();
}

Result<Json> untag_resources(Context& context) {
  const auto images = find_resources(context);
  if (!images) return std::unexpected(images.error());
  const std::vector<std::string> keys = context.call.list("TagKey");
  if (keys.size() > kMaxTagsOfOne) {
    return std::unexpected(api_error("NumberExceed.Tags", "A call takes at most 20 tag keys."));
  }
  for (Image* image : *images) {
    for (const std::string& key : keys) image->tags.erase(key);
    if (keys.empty() && context.call.get("All") == "true") image->tags.clear();
  }
  return Json::object();
}

Result<Json> list_tag_resources(Context& context) {
  const Call& call = context.call;
  if (auto refused = check_type(call)) return std::unexpected(*refused);
  const std::vector<std::string> ids = call.list("ResourceId");
  const auto wanted_tags = call.tags();
  if (ids.empty() && wanted_tags.empty()) {
    return std::unexpected(api_error("MissingParameter", "Give ResourceId.N or Tag.N."));
  }
  const auto has_all = [&](const Image& image) {
    return std::ranges::all_of(wanted_tags, [&](const auto& tag) {
      const auto found = image.tags.find(tag.first);
      return found != image.tags.end() && (tag.second.empty() || found->second == tag.second);
    });
  };
  // A page contains whole images, so the token is the ID of the last one.
  const std::string after = call.get("NextToken");
  constexpr std::size_t kPage = 50;
  Json shown = Json::array();
  std::string last;
  std::string next;
  for (const auto& [key, image] : context.world.data().images) {
    const bool here = key.cloud == Cloud::alicloud && key.region == context.region &&
                      image.account == context.key.account && key.id > after;
    if (!here || !has_all(image)) continue;
    if (!ids.empty() && std::ranges::find(ids, key.id) == ids.end()) continue;
    if (shown.size() >= kPage) {
      next = last;
      break;
    }
    for (const auto& [tag_key, tag_value] : image.tags) {
      shown.push_back(
          {{"ResourceType", "image"}, {"ResourceId", key.id}, {"TagKey", tag_key}, {"TagValue", tag_value}});
    }
    last = key.id;
  }
  return Json{{"NextToken", next}, {"TagResources", {{"TagResource", shown}}}};
}

}  // namespace emulator::alicloud
