#include "src/core/wait.h"

#include <algorithm>

namespace core {

Wakeup wait_until(Instant due, const Context& context, Clock& clock) {
  if (!clock.sleep_until(std::min(due, context.deadline), context.stop)) return Wakeup::stopped;
  return clock.now() >= context.deadline ? Wakeup::deadline : Wakeup::due;
}

Wakeup wait_to_retry(Instant due, const Context& context, Clock& clock) {
  if (due >= context.deadline) return Wakeup::deadline;
  return clock.sleep_until(due, context.stop) ? Wakeup::due : Wakeup::stopped;
}

}  // namespace core
