#pragma once

#include <exception>
#include <functional>
#include <mutex>
#include <stop_token>
#include <vector>

#include "tests/support/thread_clock.h"

namespace bench {

/// A clock for many threads: it stands still while any of them works, and jumps to the next wake when all of
/// them sleep.
class SimulatedClock final : public fakes::ThreadClock {
 public:
  using Task = std::function<void(const std::stop_token& stop)>;

  /// Runs the tasks concurrently, each in a thread of its own, until the last one has ended. Rethrows an
  /// exception of a task. Tasks may wait for each other only while one of them works or sleeps on this clock:
  /// throws if none does for `kTestTimeout`.
  void run(const std::vector<Task>& tasks);

 private:
  void advance_until_done(std::unique_lock<std::mutex>& lock);
  [[nodiscard]] bool all_sleep() const;
  void perform(const Task& task, const std::stop_token& stop);

  std::size_t running_ = 0;
  std::exception_ptr failure_;
};

}  // namespace bench
