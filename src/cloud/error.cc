#include "src/cloud/error.h"

namespace cloud {
namespace {

std::string as_sentence(std::string text) {
  if (!text.ends_with('.') && !text.ends_with('!') && !text.ends_with('?')) text += '.';
  return text;
}

/// Whether the request failed before there was a response.
bool lacks_response(const Error& error) {
  const bool failed_on_the_way =
      error.kind == ErrorKind::unreachable || error.kind == ErrorKind::outcome_unknown;
  return failed_on_the_way && error.http_status == 0 && !error.action.empty();
}

}  // namespace

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

std::string cause_of(const Error& error) {
  if (lacks_response(error)) return as_sentence("No response from the cloud: " + error.message);
  if (!error.message.empty()) return as_sentence(error.message);
  if (!error.code.empty()) return "The cloud reports the error code " + error.code + ".";
  return "The cloud responded with HTTP status " + std::to_string(error.http_status) + ".";
}

std::string call_details(const Error& error) {
  if (error.action.empty()) return "";
  std::string text = "API call: " + error.action;
  const auto add = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) text += ", " + std::string(name) + " " + value;
  };
  add("code", error.code);
  add("HTTP status", error.http_status == 0 ? "" : std::to_string(error.http_status));
  add("request ID", error.request_id);
  add("image", error.image_id);
  add("region", error.region);
  add("URL", error.endpoint);
  return text;
}

std::string describe(const Error& error) {
  const std::string call = call_details(error);
  return call.empty() ? cause_of(error) : cause_of(error) + " (" + call + ")";
}

}  // namespace cloud
