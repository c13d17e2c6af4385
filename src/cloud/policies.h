#pragma once

#include <chrono>

#include "src/cloud/error.h"
#include "src/http/backoff.h"

/// What API calls decide by time or by count: one struct for each decision, with the values in use.
namespace cloud {

/// Whether a failed call is retried, and when.
struct RetryPolicy {
  int max_retries = 5;

  /// The delays between attempts.
  http::Backoff::Limits backoff;

  /// A longer delay that a cloud requests counts as this.
  std::chrono::milliseconds max_retry_after = std::chrono::hours(1);

  /// `retries`: the number of retries so far. A call that is not idempotent is retried only if it was
  /// certainly not processed.
  [[nodiscard]] bool may_retry(ErrorKind kind, bool idempotent, int retries) const {
    if (retries >= max_retries || !is_transient(kind) || kind == ErrorKind::unexpected) return false;
    return idempotent || is_unprocessed(kind);
  }
};

/// When the clock of this machine is corrected.
struct ClockPolicy {
  /// A smaller difference from the cloud's clock cannot be why the cloud refuses a signature.
  std::chrono::seconds tolerance{30};
};

/// How an instance metadata service is queried.
struct MetadataPolicy {
  /// For all calls of one fetch. Most machines have no such service, and nothing responds at its address.
  std::chrono::seconds timeout{2};
};

/// When credentials and tokens, which expire, are fetched again (`Refreshing`).
struct RefreshPolicy {
  /// How long before it expires a value is fetched again; at most a quarter of its lifetime. The vendors' own
  /// clients allow 3 to 15 minutes (alicloud/API.md 2.4).
  std::chrono::milliseconds before_end = std::chrono::minutes(15);

  /// How long a value without a known expiry is used.
  std::chrono::milliseconds unknown_life = std::chrono::minutes(15);

  /// How long the outcome of a fetch is kept: a failure is not retried, and a value is not discarded.
  std::chrono::milliseconds pause = std::chrono::seconds(30);
};

struct CallPolicies {
  RetryPolicy retry;
  ClockPolicy clock;
  MetadataPolicy metadata;
  RefreshPolicy refresh;
};

}  // namespace cloud
