#include "src/cloud/image_cloud.h"

#include <algorithm>
#include <array>

#include "src/cloud/vendor.h"

namespace cloud {
namespace {

constexpr std::array kExistingStates = {CopyState::queued, CopyState::copying, CopyState::available,
                                        CopyState::failed, CopyState::unknown};

}  // namespace

const Traits& ImageCloud::traits() const {
  return vendor().traits;
}

std::vector<Result<CopyStatus>> ImageCloud::match_or_describe(const std::vector<CopyStatus>& listed,
                                                              std::span<const CopyReference> copies,
                                                              const core::Context& context) {
  std::vector<Result<CopyStatus>> statuses;
  statuses.reserve(copies.size());
  for (const CopyReference& copy : copies) {
    const auto found = std::ranges::find(listed, copy.image_id, &CopyStatus::image_id);
    statuses.push_back(found != listed.end() ? *found : describe_copy(copy, context));
  }
  return statuses;
}

Result<Tags> ImageCloud::tags_of(const CopyReference& copy, const Image& image,
                                 const core::Context& context) {
  TagLookup* lookup = tag_lookup();
  return lookup == nullptr ? image.tags.value_or(Tags()) : lookup->read_tags(copy, context);
}

std::string ImageCloud::default_project(const std::string& region) {
  const Projects* found = projects();
  return found == nullptr ? "" : found->default_project(region);
}

std::string ImageCloud::effective_resource_group(const CopySpec& spec) {
  const Projects* found = projects();
  return found == nullptr ? spec.resource_group_id.value() : found->effective_resource_group(spec);
}

std::string_view to_string(CopyState state) {
  switch (state) {
    case CopyState::absent: return "absent";
    case CopyState::queued: return "queued";
    case CopyState::copying: return "copying";
    case CopyState::available: return "available";
    case CopyState::failed: return "failed";
    case CopyState::unknown: return "unknown";
  }
  return "unknown";
}

std::optional<CopyState> parse_copy_state(std::string_view word) {
  for (const CopyState state : kExistingStates) {
    if (to_string(state) == word) return state;
  }
  return std::nullopt;
}

}  // namespace cloud
