#pragma once

#include "src/cloud/error.h"

namespace cloud {

/// Whether a failed call is retried. `http::Backoff` decides how long to wait before.
struct RetryPolicy {
  int max_retries = 5;

  /// `retries`: the number of retries so far. A call that is not idempotent is retried only if it was
  /// certainly not processed.
  [[nodiscard]] bool may_retry(ErrorKind kind, bool idempotent, int retries) const {
    if (retries >= max_retries || !is_transient(kind) || kind == ErrorKind::unexpected) return false;
    return idempotent || is_unprocessed(kind);
  }
};

}  // namespace cloud
