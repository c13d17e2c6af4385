#include "src/copy/busy_retry.h"

#include "src/core/wait.h"

namespace copy {

cloud::Result<void> retry_while_busy(Engine& engine, const std::function<cloud::Result<void>()>& change,
                                     const core::Context& context) {
  core::Clock& clock = engine.clock();
  const core::Instant begin = clock.now();
  while (true) {
    auto done = change();
    if (done || done.error().kind != cloud::ErrorKind::busy) return done;
    const auto waited = std::chrono::duration_cast<std::chrono::milliseconds>(clock.now() - begin);
    const core::Instant due = clock.now() + engine.policies().edit.polling.pause(waited);
    if (core::wait_to_retry(due, context, clock) != core::Wakeup::due) return done;
  }
}

}  // namespace copy
