#include "src/cloud/cloud.h"

#include <algorithm>
#include <array>

namespace cloud {
namespace {

constexpr std::array kStates = {CopyState::queued, CopyState::copying, CopyState::available,
                                CopyState::failed, CopyState::unknown};

}  // namespace

std::vector<Result<std::optional<CopyView>>> ImageCloud::look_at_all(const std::vector<CopyReference>& copies,
                                                                     const core::Context& context) {
  std::vector<Result<std::optional<CopyView>>> looks;
  looks.reserve(copies.size());
  for (const CopyReference& copy : copies) looks.push_back(look(copy, context));
  return looks;
}

std::vector<Result<std::optional<CopyView>>> ImageCloud::look_by_listing(
    const std::vector<CopyReference>& copies, const core::Context& context) {
  if (copies.size() < 2) return ImageCloud::look_at_all(copies, context);
  const CopyReference& first = copies.front();
  const auto listed = list_images(
      {.region = first.destination_region, .project_name = first.project_name, .name = ""}, context);
  if (!listed) return {copies.size(), std::unexpected(listed.error())};
  std::vector<Result<std::optional<CopyView>>> looks;
  looks.reserve(copies.size());
  for (const CopyReference& copy : copies) {
    const auto found = std::ranges::find(*listed, copy.image_id, &CopyView::image_id);
    looks.push_back(found != listed->end() ? *found : look(copy, context));
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
