#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace cloud {

/// What a failure means for the caller.
enum class ErrorKind {
  unreachable,        ///< no connection: nothing was processed
  outcome_unknown,    ///< the request may have been processed
  unavailable,        ///< the cloud itself failed
  throttled,          ///< too many calls
  concurrency_limit,  ///< the quota of copies at once: wait for one to end
  busy,               ///< something else happens to the image: later
  not_found,          ///< the image, job or key is not there
  not_copying,        ///< there is nothing to cancel
  cannot_cancel,      ///< this copy cannot be cancelled
  still_copying,      ///< cannot be deleted while it is being made
  in_use,             ///< cannot be deleted while others use or share it
  name_taken,
  quota,                ///< no room for one more image
  account,              ///< the account is not fit: balance, real-name verification, a service not activated
  permission_denied,    ///< permissions
  unauthenticated,      ///< the credentials themselves
  credentials_expired,  ///< the credentials may only have ended; callers get `unauthenticated` where others
                        ///< do not help
  stale,                ///< the signature is too old or was used: sign again
  invalid,              ///< the cloud cannot do what is asked for
  malformed_request,  ///< the request is malformed: a mistake of this program, or an endpoint that is not the
                      ///< cloud's
  cancelled,          ///< the caller's stop was requested
  unexpected,         ///< an answer that cannot be understood
};

/// A failed call, as the cloud told it.
struct Error {
  ErrorKind kind = ErrorKind::unexpected;
  std::string code;        ///< the cloud's own; empty if it gave none
  std::string message;     ///< the cloud's or the network's own words
  std::string request_id;  ///< empty if there was none
  std::string action;      ///< the cloud's name of the call; empty if none was made
  std::string region;      ///< whose endpoint was called; empty if it has none
  std::string endpoint;    ///< the URL that was called, without its query
  std::string image_id;    ///< what the call was about; may be empty
  std::string argument;    ///< the argument of the copy that is to blame, where the code says so
  int http_status = 0;     ///< 0: there was no answer
  std::optional<std::chrono::milliseconds> retry_after = std::nullopt;

  bool operator==(const Error&) const = default;
};

/// Whether the failure says nothing about the image and a later call may succeed.
bool is_transient(ErrorKind kind);

/// Whether the failed call certainly changed nothing.
bool is_unprocessed(ErrorKind kind);

/// What the cloud or the network said, where and about what, in one paragraph for a person.
std::string describe(const Error& error);

}  // namespace cloud
