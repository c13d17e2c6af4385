#include "src/core/wait.h"
#include <optional>

#include <vector>

#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"

using core::Wakeup;
using namespace std::chrono_literals;

TEST_CASE("a wait ends when it is due, at the deadline or at a stop, whichever comes first") {
  struct Row {
    std::chrono::seconds due;
    std::chrono::seconds deadline;
    std::optional<std::chrono::seconds> stop;
    Wakeup wakeup;
    std::chrono::seconds waited;
    Wakeup before_retry;
    std::chrono::seconds waited_before_retry;
  };
  const std::vector<Row> rows = {
      {5s, 10s, std::nullopt, Wakeup::due, 5s, Wakeup::due, 5s},
      {-1s, 10s, std::nullopt, Wakeup::due, 0s, Wakeup::due, 0s},
      {10s, 10s, std::nullopt, Wakeup::deadline, 10s, Wakeup::deadline, 0s},
      {15s, 10s, std::nullopt, Wakeup::deadline, 10s, Wakeup::deadline, 0s},
      {5s, -1s, std::nullopt, Wakeup::deadline, 0s, Wakeup::deadline, 0s},
      {5s, 10s, 0s, Wakeup::stopped, 0s, Wakeup::stopped, 0s},
      {5s, 10s, 5s, Wakeup::stopped, 5s, Wakeup::stopped, 5s},
      {15s, 10s, 0s, Wakeup::stopped, 0s, Wakeup::deadline, 0s},
  };
  for (const Row& row : rows) {
    CAPTURE(row.due.count(), row.deadline.count(), row.stop ? row.stop->count() : -1);
    for (const bool is_retry : {false, true}) {
      fakes::FakeClock clock;
      std::stop_source stop;
      if (row.stop == 0s) stop.request_stop();
      clock.on_sleep = [&] {
        if (row.stop && clock.passed() >= *row.stop) stop.request_stop();
      };
      const core::Instant begin = clock.now();
      const core::Context context{.deadline = begin + row.deadline, .stop = stop.get_token()};
      const auto wait = is_retry ? core::wait_to_retry : core::wait_until;
      CHECK(wait(begin + row.due, context, clock) == (is_retry ? row.before_retry : row.wakeup));
      CHECK(clock.passed() == (is_retry ? row.waited_before_retry : row.waited));
    }
  }
}
