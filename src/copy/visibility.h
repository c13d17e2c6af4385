#pragma once

#include <chrono>
#include <optional>

#include "src/core/clock.h"

namespace copy {

/// How long a new copy may stay unlisted (alicloud/API.md 4.2, baiducloud/API.md 4.3,
/// huaweicloud/API.md 6.3).
inline constexpr std::chrono::seconds kVisibilityDelay{120};

/// What is remembered of a copy that decides whether not to be listed means to be gone.
struct Visibility {
  std::optional<core::UtcTime> started;  ///< when the cloud accepted the copy
  bool listed = false;  ///< the image was seen: from then on, not to be found means to be gone

  bool operator==(const Visibility&) const = default;
};

/// Whether a copy that is not listed may only not be listed yet.
inline bool may_still_appear(const Visibility& visibility, const core::Clock& clock) {
  return !visibility.listed && visibility.started && clock.utc() - *visibility.started < kVisibilityDelay;
}

}  // namespace copy
