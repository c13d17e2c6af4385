#pragma once

#include <chrono>
#include <expected>
#include <optional>

#include "src/cloud/cloud.h"
#include "src/copy/poll_schedule.h"
#include "src/copy/private_data.h"
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

/// The life of one copy on one cloud: started and followed. Keeps no state of its own.
class Copier {
 public:
  Copier(cloud::ImageCloud& cloud, core::Clock& clock, core::Logger& log)
      : cloud_(cloud), clock_(clock), log_(log) {}

  /// Waits its turn when the cloud runs too many copies already or the source is busy.
  std::expected<cloud::CopyReference, cloud::Error> start(const cloud::CopyRequest& request,
                                                          const core::Context& context);

  /// Follows a copy to its end. A look that fails does not end the wait.
  WaitOutcome wait(cloud::CopyReference copy, const PrivateData& known, const core::Context& context);

 private:
  cloud::ImageCloud& cloud_;
  core::Clock& clock_;
  core::Logger& log_;
  PollSchedule schedule_;
};

bool has_ended(cloud::CopyState state);

/// Whether a copy that is not listed may only not be listed yet.
bool may_still_appear(const PrivateData& known, const core::Clock& clock);

/// Takes over what a look told about where the copy can be found.
void remember(cloud::CopyReference& copy, const cloud::CopyView& view);

}  // namespace copy
