#include "src/http/backoff.h"

#include <algorithm>

namespace http {

using std::chrono::milliseconds;

milliseconds Backoff::delay(int attempt, std::optional<milliseconds> asked) {
  const int doublings = std::clamp(attempt, 0, 20);
  const milliseconds bound = std::min(limits_.longest, milliseconds(limits_.first.count() << doublings));
  const milliseconds jitter(std::uniform_int_distribution<milliseconds::rep>(0, bound.count())(random_));
  if (!asked) return jitter;
  return std::min(*asked, limits_.longest_asked) + jitter / 4;
}

}  // namespace http
