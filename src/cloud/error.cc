#include "src/cloud/error.h"

namespace cloud {

bool is_transient(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::unreachable:
    case ErrorKind::outcome_unknown:
    case ErrorKind::unavailable:
    case ErrorKind::throttled:
    case ErrorKind::stale:
    case ErrorKind::unexpected: return true;
    case ErrorKind::concurrency_limit:
    case ErrorKind::busy:
    case ErrorKind::not_found:
    case ErrorKind::not_copying:
    case ErrorKind::cannot_cancel:
    case ErrorKind::still_copying:
    case ErrorKind::in_use:
    case ErrorKind::name_taken:
    case ErrorKind::quota:
    case ErrorKind::account:
    case ErrorKind::permission_denied:
    case ErrorKind::unauthenticated:
    case ErrorKind::credentials_expired:
    case ErrorKind::invalid:
    case ErrorKind::malformed_request:
    case ErrorKind::cancelled: return false;
  }
  return false;
}

bool is_unprocessed(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::outcome_unknown:
    case ErrorKind::unavailable:
    case ErrorKind::cancelled:
    case ErrorKind::unexpected: return false;
    case ErrorKind::unreachable:
    case ErrorKind::throttled:
    case ErrorKind::concurrency_limit:
    case ErrorKind::busy:
    case ErrorKind::not_found:
    case ErrorKind::not_copying:
    case ErrorKind::cannot_cancel:
    case ErrorKind::still_copying:
    case ErrorKind::in_use:
    case ErrorKind::name_taken:
    case ErrorKind::quota:
    case ErrorKind::account:
    case ErrorKind::permission_denied:
    case ErrorKind::unauthenticated:
    case ErrorKind::credentials_expired:
    case ErrorKind::stale:
    case ErrorKind::invalid:
    case ErrorKind::malformed_request: return true;
  }
  return false;
}

std::string describe(const Error& error) {
  if (error.action.empty()) return error.message;
  std::string text = error.action;
  if (!error.region.empty()) text += " in region " + error.region;
  text += " (" + error.endpoint + ")";
  if (!error.image_id.empty()) text += " for " + error.image_id;
  if (error.http_status == 0) return text + " got no answer: " + error.message + ".";
  text += " was answered with HTTP status " + std::to_string(error.http_status);
  if (!error.code.empty()) text += ", code " + error.code;
  if (!error.message.empty()) text += ": " + error.message;
  if (!error.request_id.empty()) text += " (request id " + error.request_id + ")";
  return text + ".";
}

}  // namespace cloud
