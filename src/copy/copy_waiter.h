#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "src/cloud/image_cloud.h"
#include "src/copy/batch_poller.h"
#include "src/copy/visibility.h"
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
  std::optional<cloud::CopyStatus> last_view;  ///< the newest that is known
  std::optional<cloud::Error> last_error;      ///< of the newest look, if that failed
};

/// Follows copies on one cloud. Keeps no state of its own.
class CopyWaiter {
 public:
  CopyWaiter(BatchPoller& watch, core::Clock& clock, core::Logger& log)
      : watch_(watch), clock_(clock), log_(log) {}

  /// Follows a copy to its end. A look that fails does not end the wait. `size_gb`: of the image, if it is
  /// known.
  WaitOutcome wait(cloud::CopyReference copy, const Visibility& visibility,
                   std::optional<std::int64_t> size_gb, const core::Context& context);

 private:
  BatchPoller& watch_;
  core::Clock& clock_;
  core::Logger& log_;
};

bool has_ended(cloud::CopyState state);

/// Takes over what a look told about where the copy can be found.
void remember(cloud::CopyReference& copy, const cloud::CopyStatus& view);

}  // namespace copy
