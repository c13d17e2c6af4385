#pragma once

#include <map>
#include <string>

#include "src/core/clock.h"

namespace emulator {

/// Counts calls per calendar minute. After the limit is reached, calls succeed again in the next minute
/// (alicloud/API.md 3.10).
class RateLimit {
 public:
  /// Returns false if `client` has already made `limit` calls in this minute. A limit of 0 means no limit.
  bool admit(const std::string& client, int limit, core::UtcTime now);

 private:
  std::chrono::sys_time<std::chrono::minutes> minute_;
  std::map<std::string, int> calls_;
};

/// The time until the next calendar minute.
std::chrono::milliseconds until_next_minute(core::UtcTime now);

}  // namespace emulator
