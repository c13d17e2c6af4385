#include "src/cloud/huaweicloud/listing.h"

namespace cloud::huaweicloud {
namespace {

bool is_running(const CopyStatus& status) {
  return status.state == CopyState::queued || status.state == CopyState::copying;
}

}  // namespace

Listing::Listing(std::vector<CopyStatus> images) : images_(std::move(images)) {
  for (const CopyStatus& status : images_) {
    by_id_.emplace(status.image_id, &status);
    if (!status.image->origin) continue;
    const Origin& origin = *status.image->origin;
    const CopyStatus*& kept = by_origin_[{status.image->name, origin.region, origin.image_id}];
    if (kept == nullptr || is_running(status)) kept = &status;
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
