#include "src/core/clock.h"

#include <condition_variable>
#include <mutex>

namespace core {

Instant SystemClock::now() const {
  return std::chrono::steady_clock::now();
}

UtcTime SystemClock::utc() const {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

bool SystemClock::sleep_until(Instant wake, const std::stop_token& stop) {
  std::mutex mutex;  // guards nothing: a condition variable requires one
  std::condition_variable_any changed;
  std::unique_lock lock(mutex);
  changed.wait_until(lock, stop, wake, [] { return false; });
  return !stop.stop_requested();
}

}  // namespace core
