#pragma once

#include <mutex>
#include <stop_token>

#include "src/core/clock.h"

namespace core {

/// A sleep that others can end. Everything is called with the mutex held that guards what they wait for.
class Bell {
 public:
  /// Until `wake`, the caller's stop or a ring, whichever comes first; the lock is given up meanwhile.
  void sleep_until(Instant wake, const std::stop_token& stop, Clock& clock,
                   std::unique_lock<std::mutex>& lock) {
    ring_ = std::stop_source();
    std::stop_source ring = ring_;
    lock.unlock();
    {
      const std::stop_callback on_stop(stop, [&ring] { ring.request_stop(); });
      clock.sleep_until(wake, ring.get_token());
    }
    lock.lock();
  }

  void ring() { ring_.request_stop(); }

 private:
  std::stop_source ring_;
};

}  // namespace core
