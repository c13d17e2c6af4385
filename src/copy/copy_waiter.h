#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "src/cloud/image_cloud.h"
#include "src/provider/image_copy/private_state.h"
#include "src/copy/batch_poller.h"
#include "src/core/clock.h"
#include "src/core/log.h"

namespace copy {

/// How waiting for a copy ended.
enum class WaitEnd {
  available,
  failed,
  gone,  ///< neither the copy nor its image exists any more
  timed_out,
  interrupted,
  refused,  ///< the cloud keeps refusing to be asked
};

struct WaitOutcome {
  WaitEnd end = WaitEnd::timed_out;
  std::optional<cloud::CopyView> last_view;  ///< the newest that is known
  std::optional<cloud::Error> last_error;    ///< of the newest look, if that failed
};

/// How long a new copy may stay unlisted (references alibaba-ecs 4.2, baidu-bcc 4.3, huaweicloud-ims 6.3).
inline constexpr std::chrono::seconds kVisibilityDelay{120};

/// Follows copies on one cloud. Keeps no state of its own.
class Copier {
 public:
  Copier(Watch& watch, core::Clock& clock, core::Logger& log) : watch_(watch), clock_(clock), log_(log) {}

  /// Follows a copy to its end. A look that fails does not end the wait. `size_gb`: of the image, if it is
  /// known.
  WaitOutcome wait(cloud::CopyReference copy, const PrivateData& known, std::optional<std::int64_t> size_gb,
                   const core::Context& context);

 private:
  Watch& watch_;
  core::Clock& clock_;
  core::Logger& log_;
};

bool has_ended(cloud::CopyState state);

/// Whether a copy that is not listed may only not be listed yet.
bool may_still_appear(const PrivateData& known, const core::Clock& clock);

/// Takes over what a look told about where the copy can be found.
void remember(cloud::CopyReference& copy, const cloud::CopyView& view);

}  // namespace copy
