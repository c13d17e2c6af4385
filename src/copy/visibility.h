#pragma once

#include <optional>

#include "src/copy/policies.h"
#include "src/core/clock.h"

namespace copy {

/// What decides whether a copy that is not listed is gone.
struct Visibility {
  std::optional<core::UtcTime> started;  ///< when the cloud accepted the copy
  bool listed = false;                   ///< the image was listed before: if it is not any more, it is gone

  bool operator==(const Visibility&) const = default;
};

/// Whether a copy that is not listed may appear later. `clock`: the one that `started` comes from.
inline bool may_still_appear(const Visibility& visibility, const core::Clock& clock,
                             const VisibilityPolicy& policy) {
  return !visibility.listed && visibility.started && clock.utc() - *visibility.started < policy.delay;
}

}  // namespace copy
