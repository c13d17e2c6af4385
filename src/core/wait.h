#pragma once

#include "src/core/clock.h"

namespace core {

/// Why a wait ended.
enum class Wakeup { due, deadline, stopped };

/// Waits until `due`, the context's deadline or a stop, whichever comes first.
Wakeup wait_until(Instant due, const Context& context, Clock& clock);

/// Waits until `due` before another attempt. Returns `deadline` at once if the deadline comes first, because
/// an attempt at the deadline would be pointless.
Wakeup wait_to_retry(Instant due, const Context& context, Clock& clock);

}  // namespace core
