#pragma once

#include "src/core/clock.h"

namespace core {

/// What ended a wait.
enum class Wakeup { due, deadline, stopped };

/// Waits until `due`. The context's deadline and its stop end the wait earlier.
Wakeup wait_until(Instant due, const Context& context, Clock& clock);

/// The same before another attempt, which is pointless at the deadline: if that comes first, returns
/// `deadline` at once.
Wakeup wait_to_retry(Instant due, const Context& context, Clock& clock);

}  // namespace core
