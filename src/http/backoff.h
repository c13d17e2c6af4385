#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <random>

namespace http {

/// How long to wait before the next attempt: a random time below a bound that doubles ("full jitter"). A
/// delay that the server asks for takes precedence, with some jitter on top, so that callers who were refused
/// together do not come back together.
class Backoff {
 public:
  struct Limits {
    std::chrono::milliseconds first{500};
    std::chrono::milliseconds longest{20000};
    std::chrono::milliseconds longest_asked{120000};  ///< a server that asks for more is not obeyed
  };

  Backoff(Limits limits, std::uint32_t seed) : limits_(limits), random_(seed) {}

  /// `attempt` counts from 0.
  std::chrono::milliseconds delay(int attempt, std::optional<std::chrono::milliseconds> asked);

 private:
  Limits limits_;
  std::minstd_rand random_;  // small: a thousand may wait at once
};

}  // namespace http
