#include "src/http/backoff.h"

#include "tests/support/catch.h"

using namespace std::chrono_literals;

TEST_CASE("delays lie between nothing and a bound that doubles up to the longest") {
  http::Backoff backoff({.first = 100ms, .longest = 1000ms}, 7);
  for (const auto& [attempt, bound] : {std::pair{0, 100ms}, std::pair{1, 200ms}, std::pair{3, 800ms},
                                       std::pair{9, 1000ms}, std::pair{1000000, 1000ms}}) {
    std::chrono::milliseconds largest{0};
    for (int i = 0; i < 1000; ++i) {
      const auto delay = backoff.delay(attempt, std::nullopt);
      CHECK(delay >= 0ms);
      CHECK(delay <= bound);
      largest = std::max(largest, delay);
    }
    CHECK(largest > bound / 2);
  }
}

TEST_CASE("what the server asks for is waited for, with some jitter on top") {
  http::Backoff backoff({.first = 100ms, .longest = 1000ms, .longest_asked = 60000ms}, 7);
  for (int i = 0; i < 100; ++i) {
    const auto delay = backoff.delay(0, 5000ms);
    CHECK(delay >= 5000ms);
    CHECK(delay <= 5025ms);
  }
  CHECK(backoff.delay(0, 10h) <= 60025ms);
}
