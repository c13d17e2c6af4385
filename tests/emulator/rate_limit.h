#pragma once

#include <map>
#include <string>

#include "src/core/clock.h"

namespace emulator {

/// Counts calls a calendar minute; when a limit is hit, calls work again in the next one
/// (alicloud/API.md 3.10).
class RateLimit {
 public:
  /// False if `who` has made `limit` calls in this minute already; 0 means no limit.
  bool admit(const std::string& who, int limit, core::UtcTime now);

 private:
  std::chrono::sys_time<std::chrono::minutes> minute_;
  std::map<std::string, int> calls_;
};

/// From here to the next minute.
std::chrono::milliseconds until_next_minute(core::UtcTime now);

}  // namespace emulator
