#include "src/cloud/policies.h"

#include "tests/support/catch.h"

using cloud::ErrorKind;
using cloud::RetryPolicy;

TEST_CASE("a failed call is retried if the failure may pass, and if a repetition cannot do harm") {
  struct Row {
    ErrorKind kind;
    bool if_idempotent;
    bool otherwise;
  };
  for (const Row& row :
       {Row{ErrorKind::unreachable, true, true}, Row{ErrorKind::throttled, true, true},
        Row{ErrorKind::stale, true, true},
        // It may have been processed.
        Row{ErrorKind::outcome_unknown, true, false}, Row{ErrorKind::unavailable, true, false},
        // Repeating it would change nothing, or is left to the caller.
        Row{ErrorKind::busy, false, false}, Row{ErrorKind::concurrency_limit, false, false},
        Row{ErrorKind::credentials_expired, false, false}, Row{ErrorKind::not_found, false, false},
        Row{ErrorKind::unauthenticated, false, false}, Row{ErrorKind::invalid, false, false},
        Row{ErrorKind::unexpected, false, false}, Row{ErrorKind::cancelled, false, false}}) {
    CAPTURE(row.kind);
    CHECK(RetryPolicy().may_retry(row.kind, true, 0) == row.if_idempotent);
    CHECK(RetryPolicy().may_retry(row.kind, false, 0) == row.otherwise);
  }
}

TEST_CASE("a call is retried a limited number of times") {
  const RetryPolicy policy{.max_retries = 2};
  CHECK(policy.may_retry(ErrorKind::throttled, true, 0));
  CHECK(policy.may_retry(ErrorKind::throttled, true, 1));
  CHECK_FALSE(policy.may_retry(ErrorKind::throttled, true, 2));
  CHECK_FALSE(RetryPolicy{.max_retries = 0}.may_retry(ErrorKind::throttled, true, 0));
}
