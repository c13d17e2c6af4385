#pragma once

#include <functional>
#include <vector>

#include "src/core/clock.h"

namespace fakes {

/// A clock that stands still until a sleep, and then jumps to the end of that sleep. For one thread.
class FakeClock final : public core::Clock {
 public:
  [[nodiscard]] core::Instant now() const override {
    return core::Instant() + std::chrono::hours(1) + passed_;
  }
  [[nodiscard]] core::UtcTime utc() const override {
    return core::UtcTime(std::chrono::seconds(1773480413)) +
           std::chrono::duration_cast<std::chrono::milliseconds>(passed_);
  }

  bool sleep_until(core::Instant wake, const std::stop_token& stop) override {
    if (stop.stop_requested()) return false;
    if (wake > now()) passed_ += wake - now();
    ++sleeps_;
    if (on_sleep) on_sleep();
    return !stop.stop_requested();
  }

  void advance(std::chrono::milliseconds duration) { passed_ += duration; }

  [[nodiscard]] int sleeps() const { return sleeps_; }
  [[nodiscard]] core::Instant::duration passed() const { return passed_; }

  /// Called at the end of each sleep.
  std::function<void()> on_sleep;

 private:
  core::Instant::duration passed_{};
  int sleeps_ = 0;
};

}  // namespace fakes
