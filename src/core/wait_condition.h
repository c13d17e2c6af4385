#pragma once

#include <mutex>
#include <stop_token>

#include "src/core/clock.h"
#include "src/core/unlocked.h"

namespace core {

/// A sleep that others can end. All functions must be called with the mutex held that guards the condition.
class WaitCondition {
 public:
  /// Sleeps until `wake`, a stop or a notification, whichever comes first. Gives up the lock meanwhile.
  void sleep_until(Instant wake, const std::stop_token& stop, Clock& clock,
                   std::unique_lock<std::mutex>& lock) {
    notification_ = std::stop_source();
    std::stop_source notify = notification_;
    const Unlocked unlocked(lock);
    const std::stop_callback on_stop(stop, [&notify] { notify.request_stop(); });
    clock.sleep_until(wake, notify.get_token());
  }

  void notify() { notification_.request_stop(); }

 private:
  std::stop_source notification_;
};

}  // namespace core
