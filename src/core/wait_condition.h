#pragma once

#include <algorithm>
#include <mutex>
#include <stop_token>

#include "src/core/clock.h"
#include "src/core/unlocked.h"

namespace core {

/// A wait that other threads can end. The mutex that guards the condition must be held in all calls.
class WaitCondition {
 public:
  /// Waits until `due`, a notification, or the context's deadline or stop, whichever comes first. Releases
  /// the lock meanwhile.
  void wait_until(Instant due, const Context& context, Clock& clock, std::unique_lock<std::mutex>& lock) {
    notification_ = std::stop_source();
    std::stop_source notify = notification_;
    const Unlocked unlocked(lock);
    const std::stop_callback on_stop(context.stop, [&notify] { notify.request_stop(); });
    clock.sleep_until(std::min(due, context.deadline), notify.get_token());
  }

  /// Ends the wait.
  void notify() { notification_.request_stop(); }

 private:
  std::stop_source notification_;
};

}  // namespace core
