#pragma once

#include <algorithm>
#include <mutex>
#include <set>
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

/// A condition that any number of threads wait for. The mutex that guards it must be held in all calls.
class SharedCondition {
 public:
  /// Waits until the condition holds, or the context's deadline or stop. Returns whether it holds. Releases
  /// the lock meanwhile.
  template <typename Predicate>
  bool wait(std::unique_lock<std::mutex>& lock, const Context& context, Clock& clock, Predicate holds) {
    WaitCondition wake_up;
    waiting_.insert(&wake_up);
    while (!holds() && !context.is_over(clock.now())) {
      wake_up.wait_until(context.deadline, context, clock, lock);
    }
    waiting_.erase(&wake_up);
    return holds();
  }

  /// Called when the condition may hold.
  void notify_all() {
    for (WaitCondition* wake_up : waiting_) wake_up->notify();
  }

 private:
  std::set<WaitCondition*> waiting_;
};

}  // namespace core
