#include "src/copy/polling_policy.h"

#include <vector>

#include "tests/support/catch.h"

using cloud::CopyState;
using copy::PollingPolicy;
using std::chrono::milliseconds;
using namespace std::chrono_literals;

namespace {

/// What one poll reported.
struct Report {
  milliseconds age{};
  CopyState state = CopyState::copying;
  std::optional<int> percent;
};

Report at(milliseconds age, std::optional<int> percent) {
  return {.age = age, .percent = percent};
}

Report queued_at(milliseconds age) {
  return {.age = age, .state = CopyState::queued};
}

}  // namespace

TEST_CASE(
    "without progress the pause is as long as the age, after ten minutes a fortieth of it, a minute at "
    "most") {
  struct Row {
    std::optional<std::int64_t> size_gb;
    milliseconds age;
    int failures;
    milliseconds pause;
  };
  const std::vector<Row> rows = {
      {std::nullopt, 0s, 0, 1s},
      {std::nullopt, 1s, 0, 1s},
      {std::nullopt, 2s, 0, 2s},
      {std::nullopt, 8s, 0, 8s},
      {std::nullopt, 15s, 0, 15s},
      {std::nullopt, 10min, 0, 15s},
      {std::nullopt, 20min, 0, 30s},
      {std::nullopt, 40min, 0, 1min},
      {std::nullopt, 1h, 0, 1min},
      {std::nullopt, 10h, 0, 1min},
      // An image is not polled before it can be done at 20 GB a second.
      {10, 0s, 0, 1s},
      {40, 0s, 0, 2s},
      {200, 0s, 0, 10s},
      {200, 5s, 0, 10s},
      {200, 12s, 0, 12s},
      {1'000'000'000'000, 0s, 0, 15s},
      // Each failure doubles the pause, up to a minute, and none shortens it.
      {std::nullopt, 1min, 1, 30s},
      {std::nullopt, 1min, 2, 1min},
      {std::nullopt, 1min, 100, 1min},
      {std::nullopt, 1h, 1, 1min},
  };
  for (const Row& row : rows) {
    CAPTURE(row.size_gb, row.age.count(), row.failures);
    CHECK(PollingPolicy(true, row.size_gb).pause(row.age, row.failures) == row.pause);
  }
}

TEST_CASE("with progress the pause is most of the remaining time, at most three times the observed time") {
  struct Row {
    const char* description;
    bool knows_start;
    std::vector<Report> reports;
    milliseconds age;
    milliseconds pause;
  };
  const std::vector<Row> rows = {
      {"half of it took 50 s, so 40 of the 50 s that are left", true, {at(50s, 49)}, 50s, 40s},
      {"the same, a while later", true, {at(50s, 49)}, 1min, 32s},
      {"a fifth took 10 s, and 40 are left", true, {at(10s, 19)}, 10s, 30s},
      {"the newest progress counts", true, {at(10s, 19), at(1min, 79)}, 1min, 12s},
      {"a minute at most", true, {at(5min, 49)}, 5min, 1min},
      {"a copy that crawls for hours, too", true, {at(10h, 1)}, 10h, 1min},
      {"near the end a tenth of the age", true, {at(1min, 99)}, 1min, 6s},
      {"near the end 12 s at most", true, {at(1h, 99)}, 1h, 12s},
      {"near the end 1 s at least", true, {at(5s, 99)}, 5s, 1s},
      {"no percentage yet", true, {at(10min, 0)}, 10min, 15s},
      {"a start that is not known is when progress was first seen", false, {at(1min, 40)}, 1min, 15s},
      {"from there on it counts", false, {at(0s, 0), at(50s, 49)}, 50s, 40s},
      {"a copy that was queued counts from then", true, {queued_at(10min), at(610s, 19)}, 610s, 30s},
      {"in the queue two minutes at most", true, {queued_at(1h)}, 1h, 90s},
      {"in the queue for long", true, {queued_at(10h)}, 10h, 2min},
      {"progress that is no longer reported is too old",
       true,
       {at(5min, 49), at(6min, std::nullopt)},
       6min,
       15s},
      {"progress below the first counts anew", false, {at(1min, 40), at(5min, 49), at(6min, 10)}, 6min, 15s},
  };
  for (const Row& row : rows) {
    CAPTURE(row.description);
    PollingPolicy policy(row.knows_start);
    for (const Report& report : row.reports) {
      policy.observe({.state = report.state, .progress_percent = report.percent}, report.age);
    }
    CHECK(policy.pause(row.age) == row.pause);
  }
}

TEST_CASE("proportional polling pauses for a quarter of the time waited so far") {
  struct Row {
    milliseconds waited;
    int failures;
    milliseconds pause;
  };
  const std::vector<Row> rows = {
      {0s, 0, 1s}, {4s, 0, 1s}, {8s, 0, 2s},     {40s, 0, 10s},  {1min, 0, 15s},  {1h, 0, 15s},
      {0s, 1, 2s}, {0s, 3, 8s}, {0s, 100, 1min}, {1min, 1, 30s}, {1min, 2, 1min}, {1h, 100, 1min},
  };
  for (const Row& row : rows) {
    CAPTURE(row.waited.count(), row.failures);
    CHECK(copy::ProportionalPolling().pause(row.waited, row.failures) == row.pause);
  }
  const copy::ProportionalPolling slow{.min = 5s, .max = 1min, .divisor = 2};
  CHECK(slow.pause(0s) == 5s);
  CHECK(slow.pause(20s) == 10s);
  CHECK(slow.pause(1h) == 1min);
}
