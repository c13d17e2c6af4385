#include "tests/bench/simulated_clock.h"

#include <algorithm>
#include <stdexcept>
#include <thread>
#include <utility>

#include "tests/support/test_timeout.h"

namespace bench {

bool SimulatedClock::all_sleep() const {
  return sleepers_.size() == running_ &&
         std::ranges::all_of(sleepers_, [&](const Sleeper& each) { return sleeps(each); });
}

void SimulatedClock::advance_until_done(std::unique_lock<std::mutex>& lock) {
  while (true) {
    const bool can_advance =
        changed_.wait_for(lock, harness::kTestTimeout, [&] { return running_ == 0 || all_sleep(); });
    if (!can_advance) throw std::runtime_error("a task waits for something other than this clock");
    if (running_ == 0) return;
    now_ = std::ranges::min(sleepers_, {}, &Sleeper::wake).wake;
    changed_.notify_all();
  }
}

void SimulatedClock::perform(const Task& task, const std::stop_token& stop) {
  std::exception_ptr failure;
  try {
    task(stop);
  } catch (...) {
    failure = std::current_exception();
  }
  const std::scoped_lock lock(mutex_);
  if (failure && !failure_) failure_ = failure;
  --running_;
  changed_.notify_all();
}

void SimulatedClock::run(const std::vector<Task>& tasks) {
  std::vector<std::jthread> threads;
  // Released before the threads are waited for.
  std::unique_lock lock(mutex_);
  running_ = tasks.size();
  for (const Task& task : tasks) {
    threads.emplace_back([this, &task](const std::stop_token& stop) { perform(task, stop); });
  }
  advance_until_done(lock);
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

}  // namespace bench
