#include "src/http/backoff.h"

#include <algorithm>

namespace http {

using std::chrono::milliseconds;

milliseconds Backoff::delay(int attempt, std::optional<milliseconds> requested) {
  const int doublings = std::clamp(attempt, 0, 20);
  const milliseconds bound = std::min(limits_.max, milliseconds(limits_.first.count() << doublings));
  const milliseconds jitter(std::uniform_int_distribution<milliseconds::rep>(0, bound.count())(random_));
  if (!requested) return jitter;
  return std::min(*requested, limits_.max_requested) + jitter / 4;
}

}  // namespace http
