#include <algorithm>

#include "tests/emulator/baiducloud/actions.h"
#include "tests/emulator/baiducloud/errors.h"
#include "tests/emulator/baiducloud/replies.h"
#include "tests/emulator/baiducloud/rules.h"
#include "tests/emulator/number_text.h"

namespace emulator::baiducloud {
namespace {

constexpr int kMaxOnPage = 1000;

Result<int> read_page_size(const Request& request) {
  const std::string text = request.parameter("maxKeys");
  if (text.empty()) return kMaxOnPage;
  const auto number = parse_number(text);
  if (number && *number >= 1 && *number <= kMaxOnPage) return *number;
  return std::unexpected(api_error("BadRequest", "maxKeys must be between 1 and 1000."));
}

std::optional<ApiError> check_deletable(const Context& context, const Image& image) {
  const bool own = image.account == context.key.account;
  const bool custom = image.kind == ImageKind::custom || image.kind == ImageKind::iso ||
                      image.kind == ImageKind::package || image.kind == ImageKind::whole;
  if (!own || !custom) {
    return api_error("Image.UnCustomImageCannotBeDeleted", "Only custom images can be deleted.");
  }
  const bool unfinished = image.state == ImageState::waiting || image.state == ImageState::copying ||
                          image.state == ImageState::creating;
  if (unfinished && !context.environment.switches.baiducloud.delete_while_copying) {
    return api_error("Image.CreatingImageCannotBeDeleted", "The image is still being made.");
  }
  if (is_busy(image, context.environment)) return api_error("OperationDenied", "The image is being copied.");
  if (image.shared_to_others) {
    return api_error("Image.ImageHasBeenSharedToOthers", "The image is shared; take that back first.");
  }
  return std::nullopt;
}

Result<Image*> find_own(Context& context, const char* code) {
  const auto image = find_image(context, context.image_id);
  if (!image) return std::unexpected(image.error());
  if ((*image)->account == context.key.account && (*image)->kind == ImageKind::custom) return *image;
  return std::unexpected(api_error(code, "The image is not a custom image of this account."));
}

Result<Json> set_shared(Context& context, bool shared) {
  const auto image = find_own(context, "Image.UnCustomImageCannotBeShared");
  if (!image) return std::unexpected(image.error());
  if (!context.body.contains("account") && !context.body.contains("accountId")) {
    return std::unexpected(api_error("Image.AccountListIsEmpty", "account or accountId must be given."));
  }
  (*image)->shared_to_others = shared;
  return Json();
}

struct ChangedTag {
  std::string key;
  std::string value;
};

Result<std::vector<ChangedTag>> read_tags(const Json& body) {
  const auto found = body.find("changeTags");
  const auto wrong = api_error("InappropriateJSON", "changeTags must be a list of tagKey and tagValue.");
  if (found == body.end() || !found->is_array()) return std::unexpected(wrong);
  std::vector<ChangedTag> tags;
  for (const Json& item : *found) {
    if (!item.is_object()) return std::unexpected(wrong);
    const auto key = read_text(item, "tagKey");
    const auto value = read_text(item, "tagValue");
    if (!key || key->empty() || !value) return std::unexpected(wrong);
    tags.push_back({.key = *key, .value = *value});
  }
  return tags;
}

}  // namespace

Result<Json> get_image(Context& context) {
  const auto wanted = [&](const Image& image) { return image.key.id == context.image_id; };
  const auto found =
      context.world.list_images(Cloud::baiducloud, context.request.region, context.key.account, wanted);
  if (!found.empty()) return Json{{"image", image_json(*found.front(), context.environment)}};
  return std::unexpected(
      api_error("NoSuchObject", "There is no image " + context.image_id + " in this region."));
}

Result<Json> list_images(Context& context) {
  const auto size = read_page_size(context.request);
  if (!size) return std::unexpected(size.error());
  const std::string marker = context.request.parameter("marker");
  const std::string part = context.request.parameter("imageName");
  const std::string type = context.request.parameter("imageType");
  const auto wanted = [&](const Image& image) {
    const bool any_type = type.empty() || type == "All" || type == "ALL";
    return image.key.id >= marker && image.name.contains(part) &&
           (any_type || image_json(image, context.environment)["type"] == type);
  };
  auto found =
      context.world.list_images(Cloud::baiducloud, context.request.region, context.key.account, wanted);
  std::ranges::sort(found, {}, &Image::key);
  const bool truncated = found.size() > static_cast<std::size_t>(*size);
  Json reply = {{"marker", marker}, {"isTruncated", truncated}, {"maxKeys", *size}};
  if (truncated) {
    reply["nextMarker"] = found[static_cast<std::size_t>(*size)]->key.id;
    found.resize(static_cast<std::size_t>(*size));
  }
  reply["images"] = Json::array();
  for (const Image* image : found) reply["images"].push_back(image_json(*image, context.environment));
  return reply;
}

Result<Json> delete_image(Context& context) {
  const auto image = find_image(context, context.image_id);
  if (!image) return std::unexpected(image.error());
  if (auto refused = check_deletable(context, **image)) return std::unexpected(*refused);
  context.world.remove_image(ImageKey((*image)->key));
  return Json();
}

Result<Json> rename_image(Context& context) {
  const auto id = read_text(context.body, "imageId");
  const auto name = read_text(context.body, "name");
  if (!id || !name || id->empty()) {
    return std::unexpected(api_error("InappropriateJSON", "imageId and name must be given as text."));
  }
  if (auto refused = check_name(*name)) return std::unexpected(*refused);
  context.image_id = *id;
  const auto image = find_own(context, "BadRequest");
  if (!image) return std::unexpected(image.error());
  (*image)->name = *name;
  (*image)->updated = context.world.now();
  return Json();
}

Result<Json> share_image(Context& context) {
  return set_shared(context, true);
}

Result<Json> unshare_image(Context& context) {
  return set_shared(context, false);
}

Result<Json> bind_tags(Context& context) {
  const auto tags = read_tags(context.body);
  if (!tags) return std::unexpected(tags.error());
  const auto image = find_own(context, "BadRequest");
  if (!image) return std::unexpected(image.error());
  for (const ChangedTag& tag : *tags) (*image)->tags[tag.key] = tag.value;
  return Json();
}

Result<Json> unbind_tags(Context& context) {
  const auto tags = read_tags(context.body);
  if (!tags) return std::unexpected(tags.error());
  const auto image = find_own(context, "BadRequest");
  if (!image) return std::unexpected(image.error());
  // A tag is the pair of key and value (baiducloud/API.md 3.12).
  for (const ChangedTag& tag : *tags) {
    const auto bound = (*image)->tags.find(tag.key);
    if (bound != (*image)->tags.end() && bound->second == tag.value) (*image)->tags.erase(bound);
  }
  return Json();
}

Result<Json> describe_regions(Context& context) {
  const auto only = read_text(context.body, "region");
  if (!only) return std::unexpected(only.error());
  Json regions = Json::array();
  for (const std::string& region : context.world.data().regions.at(Cloud::baiducloud)) {
    if (!only->empty() && region != *only) continue;
    regions.push_back({{"regionId", region},
                       {"regionName", region},
                       {"regionEndpoint", "bcc." + region + ".baidubce.com"}});
  }
  return Json{{"regions", regions}};
}

}  // namespace emulator::baiducloud
