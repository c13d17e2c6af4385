#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "src/cloud/image_cloud.h"
#include "src/copy/engine.h"
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
  stopped,
  refused,  ///< the cloud keeps refusing to report on the copy
};

struct WaitRequest {
  cloud::CopyReference copy;
  Visibility visibility;
  std::optional<std::int64_t> size_gb;  ///< of the image, if it is known
};

struct WaitOutcome {
  WaitEnd end = WaitEnd::timed_out;
  std::optional<cloud::CopyStatus> last_status;  ///< the newest that is known
  std::optional<cloud::Error> last_error;        ///< of the newest poll, if that failed
};

/// Waits for copies on one cloud. Keeps no state of its own.
class CopyWaiter {
 public:
  /// `clock`: the one that the `visibility` of requests comes from.
  CopyWaiter(Engine& engine, core::Clock& clock, core::Logger& log)
      : engine_(engine), clock_(clock), log_(log) {}

  /// Waits until the copy ends. A poll that fails does not end the wait.
  WaitOutcome wait(WaitRequest request, const core::Context& context);

 private:
  Engine& engine_;
  core::Clock& clock_;
  core::Logger& log_;
};

bool has_ended(cloud::CopyState state);

/// Notes what the cloud reported of where the copy can be found.
void remember(cloud::CopyReference& copy, const cloud::CopyStatus& status);

}  // namespace copy
