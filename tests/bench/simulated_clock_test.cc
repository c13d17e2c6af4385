#include "tests/bench/simulated_clock.h"

#include "tests/support/catch.h"

using bench::SimulatedClock;
using namespace std::chrono_literals;

TEST_CASE("when all tasks sleep the clock jumps to the next wake, and each task wakes at its time") {
  SimulatedClock clock;
  const core::Instant begin = clock.now();
  std::vector<core::Instant::duration> woken(20);
  std::vector<SimulatedClock::Task> tasks;
  for (std::size_t i = 0; i < woken.size(); ++i) {
    tasks.emplace_back([&, i](const std::stop_token& stop) {
      for (std::size_t round = 0; round <= i; ++round) clock.sleep_until(clock.now() + 1h, stop);
      woken[i] = clock.now() - begin;
    });
  }
  clock.run(tasks);
  for (std::size_t i = 0; i < woken.size(); ++i) CHECK(woken[i] == (i + 1) * 1h);
}

TEST_CASE("the clock stands still until a task that was woken sleeps again") {
  SimulatedClock clock;
  const core::Instant begin = clock.now();
  std::stop_source wake_up;
  core::Instant::duration woken{};
  clock.run({[&](const std::stop_token&) {
               clock.sleep_until(begin + 10h, wake_up.get_token());
               woken = clock.now() - begin;
             },
             [&](const std::stop_token& stop) {
               clock.sleep_until(begin + 1h, stop);
               wake_up.request_stop();
               clock.sleep_until(begin + 20h, stop);
             }});
  CHECK(woken == 1h);
  CHECK(clock.now() - begin == 20h);
}

TEST_CASE("an exception thrown by a task is rethrown") {
  SimulatedClock clock;
  CHECK_THROWS_WITH(clock.run({[](const std::stop_token&) { throw std::runtime_error("broken"); }}),
                    "broken");
}
