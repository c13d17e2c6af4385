#include "src/cloud/huaweicloud/listing.h"

namespace cloud::huaweicloud {
namespace {

bool is_running(const CopyStatus& view) {
  return view.state == CopyState::queued || view.state == CopyState::copying;
}

}  // namespace

Listing::Listing(std::vector<CopyStatus> images) : images_(std::move(images)) {
  for (const CopyStatus& view : images_) {
    by_id_.emplace(view.image_id, &view);
    if (!view.image->origin) continue;
    const Origin& origin = *view.image->origin;
    const CopyStatus*& kept = by_origin_[{view.image->name, origin.region, origin.image_id}];
    if (kept == nullptr || is_running(view)) kept = &view;
  }
}

const CopyStatus* Listing::image_of(const CopyReference& copy) const {
  if (!copy.image_id.empty()) {
    const auto found = by_id_.find(copy.image_id);
    return found == by_id_.end() ? nullptr : found->second;
  }
  const auto found = by_origin_.find({copy.name, copy.source_region, copy.source_image_id});
  return found == by_origin_.end() ? nullptr : found->second;
}

std::optional<CopyStatus> Listing::find_status(const CopyReference& copy) const {
  const CopyStatus* image = image_of(copy);
  if (image == nullptr) return std::nullopt;
  const bool is_surely_its = !copy.image_id.empty();
  if (is_running(*image)) return is_surely_its ? *image : CopyStatus{.state = image->state};
  return is_surely_its && image->state == CopyState::available ? std::optional(*image) : std::nullopt;
}

}  // namespace cloud::huaweicloud
