#pragma once

#include <algorithm>

#include "tests/support/thread_clock.h"

namespace fakes {

/// A clock that only the test advances, for several threads.
class ManualClock final : public ThreadClock {
 public:
  void advance(core::Instant::duration duration) {
    const std::scoped_lock lock(mutex_);
    now_ += duration;
    changed_.notify_all();
  }

  /// Waits until `count` threads sleep.
  void wait_for_sleepers(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] {
      return std::ranges::count_if(sleepers_, [&](const Sleeper& each) { return sleeps(each); }) == count;
    });
  }
};

}  // namespace fakes
