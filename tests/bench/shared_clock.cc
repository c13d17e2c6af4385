#include "tests/bench/shared_clock.h"

#include <algorithm>
#include <stdexcept>
#include <thread>
#include <utility>

#include "tests/support/patience.h"

namespace bench {

core::Instant SharedClock::now() const {
  const std::scoped_lock lock(mutex_);
  return now_;
}

core::UtcTime SharedClock::utc() const {
  return core::UtcTime(std::chrono::seconds(1773480413)) +
         std::chrono::duration_cast<std::chrono::milliseconds>(now() - kBegin);
}

bool SharedClock::sleep_until(core::Instant wake, const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  const auto place = sleepers_.insert(sleepers_.end(), {.wake = wake, .stop = stop});
  changed_.notify_all();
  changed_.wait(lock, stop, [&] { return now_ >= wake; });
  sleepers_.erase(place);
  return !stop.stop_requested();
}

/// Who is due, or was woken, only has not got round to going on.
bool SharedClock::all_sleep() const {
  return sleepers_.size() == running_ && std::ranges::all_of(sleepers_, [&](const Sleeper& sleeper) {
           return sleeper.wake > now_ && !sleeper.stop.stop_requested();
         });
}

void SharedClock::turn(std::unique_lock<std::mutex>& lock) {
  while (true) {
    const bool moved =
        changed_.wait_for(lock, harness::kPatience, [&] { return running_ == 0 || all_sleep(); });
    if (!moved) throw std::runtime_error("somebody waits for what is not this clock");
    if (running_ == 0) return;
    now_ = std::ranges::min(sleepers_, {}, &Sleeper::wake).wake;
    changed_.notify_all();
  }
}

void SharedClock::perform(const Task& task, const std::stop_token& stop) {
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

void SharedClock::run(const std::vector<Task>& tasks) {
  std::vector<std::jthread> threads;
  // Released before the threads are waited for.
  std::unique_lock lock(mutex_);
  running_ = tasks.size();
  for (const Task& task : tasks) {
    threads.emplace_back([this, &task](const std::stop_token& stop) { perform(task, stop); });
  }
  turn(lock);
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

}  // namespace bench
