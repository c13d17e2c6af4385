#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <random>

namespace http {

/// How long to wait before the next attempt: full jitter below a bound that doubles. What the server asks for
/// goes first, with some jitter on top, so that callers who were refused together do not come back together.
class Backoff {
 public:
  struct Limits {
    std::chrono::milliseconds first{500};
    std::chrono::milliseconds longest{20000};
    std::chrono::milliseconds longest_asked{120000};  ///< more than this a server cannot ask for
  };

  Backoff(Limits limits, std::uint32_t seed) : limits_(limits), random_(seed) {}

  /// `attempt` counts from 0.
  std::chrono::milliseconds delay(int attempt, std::optional<std::chrono::milliseconds> asked);

 private:
  Limits limits_;
  std::minstd_rand random_;  // small: a thousand may wait at once
};

}  // namespace http
