#pragma once

#include <condition_variable>
#include <mutex>

#include "src/core/clock.h"

namespace fakes {

/// Time that only the test moves; whoever sleeps is counted.
class SharedClock final : public core::Clock {
 public:
  [[nodiscard]] core::Instant now() const override {
    const std::scoped_lock lock(mutex_);
    return now_;
  }
  [[nodiscard]] core::UtcTime utc() const override { return {}; }

  bool sleep_until(core::Instant wake, const std::stop_token& stop) override {
    std::unique_lock lock(mutex_);
    ++sleepers_;
    changed_.notify_all();
    changed_.wait(lock, stop, [&] { return now_ >= wake; });
    --sleepers_;
    return !stop.stop_requested();
  }

  void advance(core::Instant::duration duration) {
    const std::scoped_lock lock(mutex_);
    now_ += duration;
    changed_.notify_all();
  }

  void wait_for_sleepers(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return sleepers_ == count; });
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  core::Instant now_ = core::Instant() + std::chrono::hours(1);
  int sleepers_ = 0;
};

}  // namespace fakes
