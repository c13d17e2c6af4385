#include "src/cloud/cloud.h"

#include <array>

namespace cloud {
namespace {

constexpr std::array kStates = {CopyState::queued, CopyState::copying, CopyState::available,
                                CopyState::failed, CopyState::unknown};

}  // namespace

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
