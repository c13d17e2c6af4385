#pragma once

#include <algorithm>
#include <condition_variable>
#include <list>
#include <mutex>

#include "src/core/clock.h"

namespace fakes {

/// A clock that only the test advances, for several threads.
class ManualClock final : public core::Clock {
 public:
  [[nodiscard]] core::Instant now() const override {
    const std::scoped_lock lock(mutex_);
    return now_;
  }
  [[nodiscard]] core::UtcTime utc() const override {
    return core::UtcTime(std::chrono::seconds(1773480413)) +
           std::chrono::duration_cast<std::chrono::milliseconds>(now() - kStart);
  }

  bool sleep_until(core::Instant wake, const std::stop_token& stop) override {
    std::unique_lock lock(mutex_);
    const auto sleeper = sleepers_.insert(sleepers_.end(), {.wake = wake, .stop = stop});
    changed_.notify_all();
    changed_.wait(lock, stop, [&] { return now_ >= wake; });
    sleepers_.erase(sleeper);
    return !stop.stop_requested();
  }

  void advance(core::Instant::duration duration) {
    const std::scoped_lock lock(mutex_);
    now_ += duration;
    changed_.notify_all();
  }

  /// Waits until `count` threads sleep. A sleep that is due does not count, even if its thread still has to
  /// return from it.
  void wait_for_sleepers(int count) {
    std::unique_lock lock(mutex_);
    const auto sleeps = [&](const Sleeper& sleeper) {
      return sleeper.wake > now_ && !sleeper.stop.stop_requested();
    };
    changed_.wait(lock, [&] { return std::ranges::count_if(sleepers_, sleeps) == count; });
  }

 private:
  struct Sleeper {
    core::Instant wake;
    std::stop_token stop;
  };

  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  static constexpr core::Instant kStart = core::Instant() + std::chrono::hours(1);

  core::Instant now_ = kStart;
  std::list<Sleeper> sleepers_;
};

}  // namespace fakes
