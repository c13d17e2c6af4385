#include <algorithm>
#include <utility>

#include "src/core/text.h"
#include "tests/emulator/baiducloud/actions.h"
#include "tests/emulator/baiducloud/errors.h"
#include "tests/emulator/baiducloud/replies.h"
#include "tests/emulator/baiducloud/rules.h"

namespace emulator::baiducloud {
namespace {

bool lists(const std::string& regions, const std::string& region) {
  const auto items = core::split(regions, ',');
  return std::ranges::find(items, region) != items.end();
}

/// Returns the distinct destinations in order.
Result<std::vector<std::string>> read_destinations(const Json& body) {
  const auto found = body.find("destRegion");
  const auto is_text = [](const Json& item) { return item.is_string(); };
  if (found == body.end() || !found->is_array() || found->empty() || !std::ranges::all_of(*found, is_text)) {
    return std::unexpected(api_error("InappropriateJSON", "destRegion must be a list of region codes."));
  }
  std::vector<std::string> regions;
  for (const Json& item : *found) {
    const auto region = item.get<std::string>();
    if (std::ranges::find(regions, region) == regions.end()) regions.push_back(region);
  }
  return regions;
}

/// In the order of baiducloud/API.md 6.2.
std::optional<ApiError> check_source(const Context& context, const Image& source) {
  const emulator::Switches& switches = context.environment.switches;
  const bool custom = source.kind == ImageKind::custom || source.kind == ImageKind::iso;
  if (!custom || (source.encrypted && !switches.baiducloud.copy_encrypted)) {
    return api_error("Image.ImageNotSupportCopy", "Only custom images can be copied.");
  }
  if (source.state != ImageState::available || is_busy(source, context.environment)) {
    return api_error("Image.ImageStatusForbidden", "The image is not Available.");
  }
  if (source.kind == ImageKind::iso) {
    return api_error("Image.ImageStorageFormatInvalid", "Images of this format cannot be copied.");
  }
  if (switches.baiducloud.largest_gb > 0 && source.size_gb > switches.baiducloud.largest_gb) {
    return api_error("Image.LargeImageCopyForbidden", "The image is too large to be copied.");
  }
  return std::nullopt;
}

std::optional<ApiError> check_destination(const Context& context, const std::string& region) {
  const bool possible = region != context.request.region &&
                        context.world.knows_region(Cloud::baiducloud, region) &&
                        !lists(context.environment.switches.baiducloud.unsupported_regions, region);
  if (possible) return std::nullopt;
  return api_error("Image.RegionNotSupportCopy", "Images cannot be copied to " + region + ".");
}

Json result_item(const std::string& region, const std::string& id, const std::string& code = "",
                 const std::string& message = "") {
  return {{"region", region}, {"imageId", id}, {"errMsg", message}, {"code", code}};
}

/// An error here fails only this destination (baiducloud/API.md 3.1).
Json start(Context& context, const Image& source, const std::string& region, const std::string& name) {
  const emulator::Switches& switches = context.environment.switches;
  if (lists(switches.baiducloud.failing_regions, region)) {
    return result_item(region, "", "OperationDenied", "The region cannot take the image now.");
  }
  if (context.world.count_images(Cloud::baiducloud, region, context.key.account) >=
      switches.baiducloud.image_quota) {
    return result_item(region, "", "Image.ImageQuotaExceedLimit", "The region has no room for the image.");
  }
  Image target = copy_from(source, region, name);
  target.account = context.key.account;
  target.encrypted = source.encrypted;
  return result_item(region, context.world.start_copy(source, std::move(target)).target.id);
}

}  // namespace

Result<Json> remote_copy(Context& context) {
  auto name = read_text(context.body, "name");
  if (!name) return std::unexpected(name.error());
  const auto regions = read_destinations(context.body);
  if (!regions) return std::unexpected(regions.error());
  const auto source = find_image(context, context.image_id);
  if (!source) return std::unexpected(source.error());
  if (name->empty()) *name = (*source)->name;
  if (auto refused = check_name(*name)) return std::unexpected(*refused);
  if (auto refused = check_source(context, **source)) return std::unexpected(*refused);
  for (const std::string& region : *regions) {
    if (auto refused = check_destination(context, region)) return std::unexpected(*refused);
  }
  Json items = Json::array();
  for (const std::string& region : *regions) items.push_back(start(context, **source, region, *name));
  if (!context.environment.switches.baiducloud.copy_result) return Json();
  return Json{{"result", items}};
}

Result<Json> cancel_remote_copy(Context& context) {
  const auto image = find_image(context, context.image_id);
  if (!image) return std::unexpected(image.error());
  const auto forbidden = api_error("Image.ImageStatusForbidden", "Image status is not dest_copying.");
  const auto copy = context.world.data().copies.find((*image)->copy_id);
  if (copy == context.world.data().copies.end() || !copy->second.active()) return std::unexpected(forbidden);
  if (context.environment.switches.finish_on_cancel) {
    context.world.finish(copy->second, true);
    return std::unexpected(forbidden);
  }
  if (copy->second.plan.outcome == Outcome::uncancellable) {
    return std::unexpected(api_error("OperationDenied", "This copy cannot be canceled."));
  }
  context.world.cancel(copy->second, false);
  return Json();
}

}  // namespace emulator::baiducloud
