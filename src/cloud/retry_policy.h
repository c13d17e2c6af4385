#pragma once

#include "src/cloud/error.h"

namespace cloud {

/// Whether a failed call is made again. How long to wait first is for `http::Backoff`.
struct RetryPolicy {
  int max_retries = 5;

  /// `retries`: how many there were already. A call that must not be repeated is repeated only if it
  /// certainly was not processed.
  [[nodiscard]] bool may_retry(ErrorKind kind, bool idempotent, int retries) const {
    if (retries >= max_retries || !is_transient(kind) || kind == ErrorKind::unexpected) return false;
    return idempotent || is_unprocessed(kind);
  }
};

}  // namespace cloud
