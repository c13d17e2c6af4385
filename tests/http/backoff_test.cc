#include "src/http/backoff.h"

#include <vector>

#include "tests/support/catch.h"

using namespace std::chrono_literals;

TEST_CASE("delays are random below a bound that doubles, and respect Retry-After") {
  struct Row {
    int attempt;
    std::optional<std::chrono::milliseconds> retry_after;
    std::chrono::milliseconds min;
    std::chrono::milliseconds max;
  };
  const std::vector<Row> rows = {
      {0, std::nullopt, 0ms, 100ms},
      {1, std::nullopt, 0ms, 200ms},
      {2, std::nullopt, 0ms, 400ms},
      {3, std::nullopt, 0ms, 800ms},
      {4, std::nullopt, 0ms, 1000ms},
      {9, std::nullopt, 0ms, 1000ms},
      {1000000, std::nullopt, 0ms, 1000ms},
      // A quarter of the usual jitter is added, so that callers do not retry at the same time.
      {0, 0ms, 0ms, 25ms},
      {0, 5s, 5000ms, 5025ms},
      {9, 5s, 5000ms, 5250ms},
      // Retry-After is limited.
      {0, 60s, 60000ms, 60025ms},
      {0, 10h, 60000ms, 60025ms},
  };
  http::Backoff backoff({.first = 100ms, .max = 1000ms, .max_requested = 60s}, 7);
  for (const Row& row : rows) {
    CAPTURE(row.attempt, row.retry_after ? row.retry_after->count() : -1);
    std::chrono::milliseconds smallest = 24h;
    std::chrono::milliseconds largest = 0ms;
    for (int i = 0; i < 1000; ++i) {
      const auto delay = backoff.delay(row.attempt, row.retry_after);
      smallest = std::min(smallest, delay);
      largest = std::max(largest, delay);
    }
    CHECK(smallest >= row.min);
    CHECK(largest <= row.max);
    // Nearly the whole range is used.
    CHECK(largest - smallest > (row.max - row.min) / 2);
  }
}
