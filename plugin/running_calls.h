#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace tf::plugin {

/// Counts the calls that are running, so that the process can wait for them before it ends.
class RunningCalls {
 public:
  /// Counts one call from construction to destruction.
  class Call {
   public:
    explicit Call(RunningCalls& calls) : calls_(calls) {
      const std::scoped_lock lock(calls_.mutex_);
      ++calls_.count_;
    }
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;
    ~Call() {
      const std::scoped_lock lock(calls_.mutex_);
      if (--calls_.count_ == 0) calls_.idle_.notify_all();
    }

   private:
    RunningCalls& calls_;
  };

  /// Returns when no call is running, or after `timeout`.
  void wait_until_idle(std::chrono::milliseconds timeout) {
    std::unique_lock lock(mutex_);
    idle_.wait_for(lock, timeout, [this] { return count_ == 0; });
  }

 private:
  std::mutex mutex_;  // guards `count_`
  std::condition_variable idle_;
  int count_ = 0;
};

}  // namespace tf::plugin
