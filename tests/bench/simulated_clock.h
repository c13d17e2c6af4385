#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <list>
#include <mutex>
#include <stop_token>
#include <vector>

#include "src/core/clock.h"

namespace bench {

/// A clock for many threads: it stands still while any of them works, and jumps to the next wake when all of
/// them sleep.
class SimulatedClock final : public core::Clock {
 public:
  using Task = std::function<void(const std::stop_token& stop)>;

  [[nodiscard]] core::Instant now() const override;
  [[nodiscard]] core::UtcTime utc() const override;
  bool sleep_until(core::Instant wake, const std::stop_token& stop) override;

  /// Runs the tasks concurrently, each in a thread of its own, until the last one has ended. Rethrows an
  /// exception of a task. Tasks may wait for each other only while one of them works or sleeps on this clock:
  /// throws if none does for `kTestTimeout`.
  void run(const std::vector<Task>& tasks);

 private:
  static constexpr core::Instant kBegin = core::Instant() + std::chrono::hours(1);

  struct Sleeper {
    core::Instant wake;
    std::stop_token stop;
  };

  void advance_until_done(std::unique_lock<std::mutex>& lock);
  [[nodiscard]] bool all_sleep() const;
  void perform(const Task& task, const std::stop_token& stop);

  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  core::Instant now_ = kBegin;
  std::size_t running_ = 0;
  std::list<Sleeper> sleepers_;
  std::exception_ptr failure_;
};

}  // namespace bench
