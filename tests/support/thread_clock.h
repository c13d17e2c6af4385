#pragma once

#include <condition_variable>
#include <list>
#include <mutex>

#include "src/core/clock.h"

namespace fakes {

/// A clock on which several threads may sleep, and that moves only when a subclass moves it.
class ThreadClock : public core::Clock {
 public:
  [[nodiscard]] core::Instant now() const final {
    const std::scoped_lock lock(mutex_);
    return now_;
  }
  [[nodiscard]] core::UtcTime utc() const final {
    return core::UtcTime(std::chrono::seconds(1773480413)) +
           std::chrono::duration_cast<std::chrono::milliseconds>(now() - kStart);
  }

  bool sleep_until(core::Instant wake, const std::stop_token& stop) final {
    std::unique_lock lock(mutex_);
    const auto sleeper = sleepers_.insert(sleepers_.end(), {.wake = wake, .stop = stop});
    changed_.notify_all();
    changed_.wait(lock, stop, [&] { return now_ >= wake; });
    sleepers_.erase(sleeper);
    return !stop.stop_requested();
  }

 protected:
  struct Sleeper {
    core::Instant wake;
    std::stop_token stop;
  };

  /// A thread that is due or was stopped does not sleep, even if it has not returned from its sleep yet. The
  /// mutex must be held.
  [[nodiscard]] bool sleeps(const Sleeper& sleeper) const {
    return sleeper.wake > now_ && !sleeper.stop.stop_requested();
  }

  static constexpr core::Instant kStart = core::Instant() + std::chrono::hours(1);

  mutable std::mutex mutex_;  // guards the two below, and what subclasses add
  core::Instant now_ = kStart;
  std::list<Sleeper> sleepers_;
  std::condition_variable_any changed_;
};

}  // namespace fakes
