#include "src/cloud/image_cloud.h"

#include <algorithm>
#include <array>

namespace cloud {
namespace {

constexpr std::array kStates = {CopyState::queued, CopyState::copying, CopyState::available,
                                CopyState::failed, CopyState::unknown};

}  // namespace

DescribeResults ImageCloud::describe_copies(const std::vector<CopyReference>& copies,
                                            const core::Context& context) {
  return describe_unlisted({}, copies, context);
}

DescribeResults ImageCloud::describe_unlisted(const std::vector<CopyStatus>& joint,
                                              std::span<const CopyReference> copies,
                                              const core::Context& context) {
  DescribeResults looks;
  looks.reserve(copies.size());
  for (const CopyReference& copy : copies) {
    const auto found = std::ranges::find(joint, copy.image_id, &CopyStatus::image_id);
    looks.push_back(found != joint.end() ? *found : look(copy, context));
  }
  return looks;
}

std::string_view to_string(CopyState state) {
  switch (state) {
    case CopyState::queued: return "queued";
    case CopyState::copying: return "copying";
    case CopyState::available: return "available";
    case CopyState::failed: return "failed";
    case CopyState::unknown: return "unknown";
  }
  return "unknown";
}

std::optional<CopyState> parse_copy_state(std::string_view word) {
  for (const CopyState state : kStates) {
    if (to_string(state) == word) return state;
  }
  return std::nullopt;
}

}  // namespace cloud
