#include "src/copy/matches.h"

#include <algorithm>

namespace copy {
namespace {

using cloud::CopyState;
using cloud::CopyStatus;

cloud::Origin origin_of(const cloud::CopySpec& spec) {
  return {.region = spec.source_region.value(), .image_id = spec.source_image_id.value()};
}

/// A copy that was renamed since is not this one any more: its old name is free again.
bool is_certain(const cloud::Image& image, const cloud::CopyRequest& request, const cloud::Traits& traits) {
  if (image.name != request.spec.name.value()) return false;
  if (traits.stores_copy_key) return !request.copy_key.empty() && image.copy_key == request.copy_key;
  return traits.reports_source && image.origin == origin_of(request.spec) &&
         image.kms_key_id == request.spec.kms_key_id.value() &&
         image.resource_group_id.value_or(request.spec.resource_group_id.value()) ==
             request.spec.resource_group_id.value();
}

/// The cloud reports that the image was copied from another source, or as another copy.
bool is_another_copy(const cloud::Image& image, const cloud::CopyRequest& request) {
  const bool has_other_origin = image.origin && image.origin != origin_of(request.spec);
  return has_other_origin || (!image.copy_key.empty() && image.copy_key != request.copy_key);
}

}  // namespace

Matches find_matches(const std::vector<CopyStatus>& images, const cloud::CopyRequest& request,
                     const cloud::Traits& traits) {
  Matches matches;
  for (const CopyStatus& status : images) {
    if (!status.image) continue;
    if (is_certain(*status.image, request, traits)) {
      (status.state == CopyState::failed ? matches.failed : matches.ours).push_back(status);
    } else if (status.image->name == request.spec.name.value()) {
      const bool is_other = status.state == CopyState::failed || is_another_copy(*status.image, request);
      (is_other ? matches.foreign : matches.ambiguous).push_back(status);
    }
  }
  std::ranges::sort(matches.ours, {}, [](const CopyStatus& status) {
    return std::pair(status.image->created_at, status.image_id);
  });
  return matches;
}

cloud::CopyReference reference_to(const cloud::CopyRequest& request, const CopyStatus& status) {
  return {.source_region = request.spec.source_region.value(),
          .source_image_id = request.spec.source_image_id.value(),
          .destination_region = request.spec.destination_region.value(),
          .project_name = request.spec.project_name.value(),
          .name = request.spec.name.value(),
          .image_id = status.image_id,
          .last_state = status.state};
}

std::vector<std::string> ids_of(const std::vector<CopyStatus>& images) {
  std::vector<std::string> ids;
  for (const CopyStatus& status : images) ids.push_back(status.image_id);
  return ids;
}

}  // namespace copy
