#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace cloud {

/// What a failure means for the caller.
enum class ErrorKind {
  unreachable,        ///< no connection, so the request was not processed
  outcome_unknown,    ///< the request may have been processed
  unavailable,        ///< the cloud itself failed
  throttled,          ///< too many API calls
  concurrency_limit,  ///< too many copies run at the same time
  busy,               ///< another operation uses the image
  not_found,          ///< the image, job or KMS key does not exist
  not_copying,        ///< there is no running copy to cancel
  cannot_cancel,      ///< this copy cannot be canceled
  still_copying,      ///< the image cannot be deleted while it is being copied
  in_use,             ///< the image cannot be deleted while it is used or shared
  name_taken,
  quota,                ///< the account may not have another image
  account,              ///< balance, real-name verification, or a service that is not activated
  permission_denied,    ///< the credentials lack a permission
  unauthenticated,      ///< the credentials are invalid
  credentials_expired,  ///< the credentials may have expired; callers get `unauthenticated` if renewing did
                        ///< not help
  stale,                ///< the signature is too old or was used before, so the request must be signed again
  invalid,              ///< an argument that the cloud does not accept
  malformed_request,    ///< a bug in this program, or an endpoint that is not the cloud's
  cancelled,            ///< a stop was requested
  unexpected,           ///< a response that cannot be parsed
};

/// A failed API call, as the cloud reported it.
struct Error {
  ErrorKind kind = ErrorKind::unexpected;
  std::string code;                ///< the cloud's error code; may be empty
  std::string message;             ///< as the cloud or the network reported it
  std::string request_id;          ///< may be empty
  std::string action;              ///< the cloud's name of the API call; empty if no call was made
  std::string region;              ///< the region whose endpoint was called; may be empty
  std::string endpoint;            ///< the URL that was called, without its query
  std::string image_id;            ///< the image of the call; may be empty
  std::string credentials_source;  ///< where refused credentials were found; may be empty
  std::string argument;            ///< the argument of the copy that caused the error, where the code says so
  int http_status = 0;             ///< 0 if there was no response
  std::optional<std::chrono::milliseconds> retry_after = std::nullopt;

  bool operator==(const Error&) const = default;
};

/// Whether the same call may succeed later, and the failure says nothing about the image.
bool is_transient(ErrorKind kind);

/// Whether the failed call has certainly changed nothing.
bool is_unprocessed(ErrorKind kind);

/// The cause, in the words of the cloud or the network, as a sentence.
std::string cause_of(const Error& error);

/// What identifies the API call: "API call: CopyImage, code …, HTTP status …, request ID …, image …, region
/// …, URL …". Empty if no call was made.
std::string call_details(const Error& error);

/// Cause and call in one paragraph.
std::string describe(const Error& error);

}  // namespace cloud
