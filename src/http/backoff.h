#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <random>

namespace http {

/// The delay before the next attempt: a random time below a bound that doubles with each attempt ("full
/// jitter"). A delay requested by the server takes precedence, with some jitter added, so that callers that
/// were throttled together do not retry together.
class Backoff {
 public:
  struct Limits {
    std::chrono::milliseconds first{500};
    std::chrono::milliseconds max{20000};
    /// A longer delay that a server requests is cut to this. A caller that polls, and so does not retry,
    /// keeps to the whole request.
    std::chrono::milliseconds max_requested{120000};
  };

  Backoff(Limits limits, std::uint32_t seed) : limits_(limits), random_(seed) {}

  /// `attempt` counts from 0. `requested` is the server's `Retry-After` or equivalent, if it sent one.
  std::chrono::milliseconds delay(int attempt, std::optional<std::chrono::milliseconds> requested);

 private:
  Limits limits_;
  std::minstd_rand random_;  // small, because a thousand calls may wait at once
};

}  // namespace http
