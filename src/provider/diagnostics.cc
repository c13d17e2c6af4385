#include "src/provider/diagnostics.h"

#include "src/core/text.h"
#include "src/provider/error_help.h"

namespace provider {

using cloud::ErrorKind;

tf::Diagnostic call_failed(std::string summary, std::string_view task, const cloud::Error& error,
                           tf::AttributePath attribute, std::string_view consequence) {
  // A cloud's own words about a wrong key are about signatures, so they come last. They go on with canonical
  // requests, which help nobody who applies a configuration.
  constexpr std::size_t kMaxWords = 160;
  const bool is_authentication = error.kind == ErrorKind::unauthenticated && consequence.empty();
  cloud::Error shown = error;
  if (is_authentication) shown.message = core::shorten(shown.message, kMaxWords);
  const std::string failure = "Could not " + std::string(task) + ": " + cloud::cause_of(shown);
  if (is_authentication) summary = "Authentication Failed";
  const std::string source = error.credentials_source.empty() ? "" : " from " + error.credentials_source;
  std::string detail = is_authentication ? "The cloud did not accept the credentials" + source + ". " +
                                               next_step(error.kind) + "\n\n" + failure
                                         : failure + "\n\n" + next_step(error.kind);
  if (!consequence.empty()) detail += " " + std::string(consequence);
  if (const std::string call = cloud::call_details(error); !call.empty()) detail += "\n\n" + call + ".";
  return tf::error(std::move(summary), std::move(detail), std::move(attribute));
}

tf::AttributePath culprit(const cloud::Error& error) {
  if (!error.argument.empty()) return tf::AttributePath(error.argument);
  switch (error.kind) {
    case ErrorKind::not_found: return tf::AttributePath("source_image_id");
    case ErrorKind::unreachable: return tf::AttributePath("source_region");
    case ErrorKind::name_taken: return tf::AttributePath("name");
    case ErrorKind::account:
    case ErrorKind::permission_denied:
    case ErrorKind::unauthenticated:
    case ErrorKind::stale:
    case ErrorKind::credentials_expired: return tf::AttributePath("cloud");
    case ErrorKind::outcome_unknown:
    case ErrorKind::unavailable:
    case ErrorKind::throttled:
    case ErrorKind::concurrency_limit:
    case ErrorKind::busy:
    case ErrorKind::not_copying:
    case ErrorKind::cannot_cancel:
    case ErrorKind::still_copying:
    case ErrorKind::in_use:
    case ErrorKind::quota:
    case ErrorKind::invalid:
    case ErrorKind::malformed_request:
    case ErrorKind::cancelled:
    case ErrorKind::unexpected: return {};
  }
  return {};
}

}  // namespace provider
