#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace tf::plugin {

/// Counts the calls that have not returned yet, so that the end of the process can wait for them.
class RunningCalls {
 public:
  /// One call, from construction to destruction.
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

  /// Returns when none runs, or after `patience`.
  void wait_until_idle(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    idle_.wait_for(lock, patience, [this] { return count_ == 0; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable idle_;
  int count_ = 0;
};

}  // namespace tf::plugin
