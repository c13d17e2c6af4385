#include "src/provider/error_help.h"

#include <array>
#include <cstddef>
#include <string_view>

#include "src/cloud/vendors.h"
#include "src/core/text.h"

namespace provider {
namespace {

using cloud::ErrorKind;

/// A row of the table, in Markdown.
struct ErrorHelp {
  ErrorKind kind;
  std::string_view title;
  std::string_view handling;  ///< what the provider does, without a full stop at the end
  std::string_view advice;    ///< what the user can do, in sentences
};

constexpr std::string_view kCheckEndpoint =
    "Check that the endpoint is the cloud's own, and try again later. If the problem persists, contact the "
    "cloud's support with the request ID.";
constexpr std::string_view kCheckCredentials =
    "Check the credentials in the provider configuration or the environment, and the clock of this machine.";
constexpr std::string_view kTryAfterOther =
    "Another operation is using the image. Try again when it has finished.";
constexpr std::string_view kTryAfterCopy = "Wait for the copy to finish and try again.";
constexpr std::string_view kQueues =
    "[Queues](reliability.md#queue) until the cloud accepts the copy, within the timeout";
constexpr std::string_view kReadsAgain = "Reads the copy again and does what its status requires";

constexpr std::array kHelp = {
    ErrorHelp{.kind = ErrorKind::unreachable,
              .title = "Unreachable",
              .handling = "Retries the call, even one that starts a copy, because it was not sent",
              .advice = "Check the region, the endpoint, the network, the proxy and the certificates."},
    ErrorHelp{.kind = ErrorKind::outcome_unknown,
              .title = "Outcome unknown: the response was lost, or the server failed while it started a copy",
              .handling = "Retries reads, cancels and deletes. [Searches for the "
                          "copy](reliability.md#how-a-copy-is-found-again) before it repeats a call that "
                          "starts one",
              .advice = "The cloud may have carried out the call. Check its images before you try again."},
    ErrorHelp{.kind = ErrorKind::unavailable,
              .title = "Unavailable",
              .handling = "Retries with growing random delays, or after the delay that the cloud requests",
              .advice = kCheckEndpoint},
    ErrorHelp{.kind = ErrorKind::throttled,
              .title = "Throttled: too many API calls",
              .handling = "Retries as if the cloud were unavailable. A throttled poll is not retried, "
                          "because the next one follows anyway",
              .advice = "Try again later, or reduce `-parallelism`."},
    ErrorHelp{.kind = ErrorKind::concurrency_limit,
              .title = "Copy limit reached",
              .handling = kQueues,
              .advice = "Wait for other copies to finish, or raise the timeout in `timeouts`."},
    ErrorHelp{.kind = ErrorKind::busy,
              .title = "Busy: another operation uses the image",
              .handling = kQueues,
              .advice = kTryAfterOther},
    ErrorHelp{.kind = ErrorKind::not_found,
              .title = "Not found",
              .handling = "On refresh, removes the copy from the state. On destroy, counts as success. "
                          "Otherwise stops",
              .advice = "Check the ID and the region: the image must exist in that region and account."},
    ErrorHelp{.kind = ErrorKind::not_copying,
              .title = "Not copying: there is nothing to cancel",
              .handling = kReadsAgain,
              .advice = kTryAfterCopy},
    ErrorHelp{.kind = ErrorKind::cannot_cancel,
              .title = "Copy cannot be canceled",
              .handling = kReadsAgain,
              .advice = kTryAfterCopy},
    ErrorHelp{.kind = ErrorKind::still_copying,
              .title = "Image is still being copied",
              .handling = kReadsAgain,
              .advice = kTryAfterOther},
    ErrorHelp{.kind = ErrorKind::in_use,
              .title = "In use",
              .handling = "Stops",
              .advice = "Stop sharing or protecting the image, or remove what uses it, and try again."},
    ErrorHelp{.kind = ErrorKind::name_taken,
              .title = "Name taken",
              .handling = "Stops",
              .advice = "Choose another name, or delete or import the image that has it."},
    ErrorHelp{.kind = ErrorKind::quota,
              .title = "Quota exceeded",
              .handling = "Stops",
              .advice = "Delete images, snapshots or tags that are not needed, whichever the cloud names, or "
                        "request a higher quota."},
    ErrorHelp{.kind = ErrorKind::account,
              .title = "Account not ready",
              .handling = "Stops",
              .advice = "Settle the account's balance, complete its real-name verification, or activate the "
                        "service that the error names."},
    ErrorHelp{.kind = ErrorKind::permission_denied,
              .title = "Permission denied",
              .handling = "Stops; see [the permissions](credentials.md#permissions)",
              .advice = "Grant the user or role of these credentials the permission for this API call."},
    ErrorHelp{.kind = ErrorKind::unauthenticated,
              .title = "Authentication failed",
              .handling =
                  "Retries once if the clock of this machine was off. Otherwise stops, during plan if "
                  "possible",
              .advice = kCheckCredentials},
    ErrorHelp{.kind = ErrorKind::credentials_expired,
              .title = "Credentials expired",
              .handling = "Renews temporary credentials once and retries",
              .advice = kCheckCredentials},
    ErrorHelp{.kind = ErrorKind::stale,
              .title = "Signature expired",
              .handling = "Signs the call again and retries. Uses the cloud's time if the clock of this "
                          "machine is off by more than 30 seconds",
              .advice = "Correct the clock of this machine."},
    ErrorHelp{.kind = ErrorKind::invalid,
              .title = "Invalid argument",
              .handling = "Stops",
              .advice = "Correct the argument and try again."},
    ErrorHelp{.kind = ErrorKind::malformed_request,
              .title = "Malformed request",
              .handling = "Stops",
              .advice =
                  "Check that the endpoint is the cloud's own. If it is, this is a bug in the provider; "
                  "please report it with the error code and the request ID."},
    ErrorHelp{.kind = ErrorKind::cancelled,
              .title = "Interrupted, for example by Ctrl-C",
              .handling = "Stops; a copy that was started [continues](interrupting.md)",
              .advice = "Apply again to continue."},
    ErrorHelp{.kind = ErrorKind::unexpected,
              .title = "Unexpected response",
              .handling = "Stops, but keeps waiting for a copy that runs",
              .advice = kCheckEndpoint}};

/// The table is indexed by the kind.
constexpr bool has_every_kind() {
  for (std::size_t i = 0; i < kHelp.size(); ++i) {
    if (static_cast<std::size_t>(kHelp.at(i).kind) != i) return false;
  }
  return kHelp.size() == static_cast<std::size_t>(ErrorKind::unexpected) + 1;
}
static_assert(has_every_kind());

std::string advice(const ErrorHelp& help) {
  std::string text(help.advice);
  if (help.kind == ErrorKind::in_use) {
    text += " On " + cloud::display_names([](const cloud::Vendor& v) { return v.deletes_in_use; }) +
            ", `force_delete = true` deletes an image that instances use.";
  }
  return text;
}

}  // namespace

std::string next_step(ErrorKind kind) {
  return core::replace_all(advice(kHelp.at(static_cast<std::size_t>(kind))), "`", "");
}

std::string error_table() {
  std::string table = "| Kind | What the provider does | What to do |\n|---|---|---|\n";
  for (const ErrorHelp& help : kHelp) {
    std::string last = advice(help);
    last.pop_back();  // the full stop
    table += "| " + std::string(help.title) + " | " + std::string(help.handling) + " | " + last + " |\n";
  }
  return table;
}

}  // namespace provider
