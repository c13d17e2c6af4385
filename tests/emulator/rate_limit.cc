#include "tests/emulator/rate_limit.h"

namespace emulator {

bool RateLimit::admit(const std::string& client, int limit, core::UtcTime now) {
  const auto minute = std::chrono::floor<std::chrono::minutes>(now);
  if (minute != minute_) calls_.clear();
  minute_ = minute;
  return limit == 0 || ++calls_[client] <= limit;
}

std::chrono::milliseconds until_next_minute(core::UtcTime now) {
  return std::chrono::floor<std::chrono::minutes>(now) + std::chrono::minutes(1) - now;
}

}  // namespace emulator
