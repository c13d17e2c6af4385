#include "src/copy/twins.h"

#include <algorithm>

namespace copy {
namespace {

using cloud::CopyState;
using cloud::CopyView;

bool is_certain(const cloud::Image& image, const cloud::CopyRequest& request, const cloud::Traits& traits) {
  if (traits.keeps_copy_key) return !request.copy_key.empty() && image.copy_key == request.copy_key;
  const cloud::Origin origin{.region = request.source_region, .image_id = request.source_image_id};
  return traits.tells_origin && image.name == request.name && image.origin == origin &&
         image.kms_key_id == request.kms_key_id;
}

}  // namespace

Twins find_twins(const std::vector<CopyView>& images, const cloud::CopyRequest& request,
                 const cloud::Traits& traits) {
  Twins twins;
  for (const CopyView& view : images) {
    if (!view.image) continue;
    if (is_certain(*view.image, request, traits)) {
      (view.state == CopyState::failed ? twins.failed : twins.own).push_back(view);
    } else if (view.image->name == request.name) {
      twins.rivals.push_back(view);
    }
  }
  std::ranges::sort(twins.own, {},
                    [](const CopyView& view) { return std::pair(view.image->created_at, view.image_id); });
  return twins;
}

std::vector<std::string> ids_of(const std::vector<CopyView>& images) {
  std::vector<std::string> ids;
  for (const CopyView& view : images) ids.push_back(view.image_id);
  return ids;
}

}  // namespace copy
