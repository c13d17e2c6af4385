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

TEST_CASE("without progress the pause is as long as the age, and after ten minutes a fortieth of it") {
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
      {std::nullopt, 1h, 0, 90s},
      {std::nullopt, 10h, 0, 15min},
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
      {std::nullopt, 1h, 1, 90s},
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
      {"half of it took 5 min, so 4 of the 5 min that are left", true, {at(5min, 49)}, 5min, 4min},
      {"the same, a while later", true, {at(5min, 49)}, 6min + 40s, 160s},
      {"a fifth took 1 min, and 4 are left", true, {at(1min, 19)}, 1min, 3min},
      {"the newest progress counts", true, {at(1min, 19), at(400s, 79)}, 400s, 80s},
      {"near the end a tenth of the age", true, {at(1min, 99)}, 1min, 6s},
      {"near the end 12 s at most", true, {at(1h, 99)}, 1h, 12s},
      {"near the end 1 s at least", true, {at(5s, 99)}, 5s, 1s},
      {"no percentage yet", true, {at(10min, 0)}, 10min, 15s},
      {"a start that is not known is when progress was first seen", false, {at(1min, 40)}, 1min, 15s},
      {"from there on it counts", false, {at(0s, 0), at(5min, 49)}, 5min, 4min},
      {"a copy that was queued counts from then", true, {queued_at(10min), at(11min, 19)}, 11min, 3min},
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
