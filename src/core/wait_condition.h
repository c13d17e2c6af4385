#pragma once

#include <mutex>
#include <stop_token>

#include "src/core/clock.h"

namespace core {

/// A sleep that others can end. Everything is called with the mutex held that guards what they wait for.
class WaitCondition {
 public:
  /// Until `wake`, the caller's stop or a ring, whichever comes first; the lock is given up meanwhile.
  void sleep_until(Instant wake, const std::stop_token& stop, Clock& clock,
                   std::unique_lock<std::mutex>& lock) {
    notification_ = std::stop_source();
    std::stop_source notify = notification_;
    lock.unlock();
    {
      const std::stop_callback on_stop(stop, [&notify] { notify.request_stop(); });
      clock.sleep_until(wake, notify.get_token());
    }
    lock.lock();
  }

  void notify() { notification_.request_stop(); }

 private:
  std::stop_source notification_;
};

}  // namespace core
