#include "src/copy/copy_waiter.h"

#include <algorithm>
#include <utility>

#include "src/copy/polling_policy.h"

namespace copy {
namespace {

using cloud::CopyState;
using cloud::ErrorKind;
using std::chrono::milliseconds;

/// Waiting for one copy. Each poll ends the wait or not.
class Wait {
 public:
  Wait(Engine& engine, core::Clock& clock, core::Logger& log, WaitRequest request, core::Context context)
      : policies_(engine.policies()),
        poller_(engine.poller()),
        clock_(clock),
        log_(log),
        copy_(std::move(request.copy)),
        visibility_(request.visibility),
        context_(std::move(context)),
        begin_(visibility_.started.value_or(clock.utc())),
        polling_(visibility_.started.has_value(), request.size_gb, policies_.wait.polling),
        polls_at_once_(!visibility_.started || age() >= policies_.wait.polling.min) {
    context_.comes_again = true;
  }

  WaitOutcome run() {
    std::optional<WaitEnd> end;
    while (!end) end = poll();
    outcome_.end = *end;
    return std::move(outcome_);
  }

 private:
  /// Returns nullopt if the wait continues, as do the functions below.
  std::optional<WaitEnd> poll() {
    const milliseconds pause = std::max(polling_.pause(age(), failures_), retry_after_);
    const core::Instant due = clock_.now() + (polls_at_once_ ? milliseconds(0) : pause);
    polls_at_once_ = false;
    const std::optional<cloud::Result<cloud::CopyStatus>> status = poller_.next(copy_, due, context_);
    if (!status) return context_.stop.stop_requested() ? WaitEnd::stopped : WaitEnd::timed_out;
    if (!*status) return failed(status->error());
    failures_ = refusals_ = 0;
    retry_after_ = milliseconds(0);
    outcome_.last_error.reset();
    const cloud::CopyStatus& reported = **status;
    return reported.state == CopyState::absent ? absent() : described(reported);
  }

  std::optional<WaitEnd> failed(const cloud::Error& error) {
    outcome_.last_error = error;
    if (error.kind == ErrorKind::cancelled) return WaitEnd::stopped;
    retry_after_ = error.retry_after.value_or(milliseconds(0));
    ++failures_;
    refusals_ = cloud::is_transient(error.kind) ? 0 : refusals_ + 1;
    log_.warn("Polling a copy failed", {{.key = "error", .value = cloud::describe(error)}});
    return refusals_ < policies_.wait.max_refusals ? std::nullopt : std::optional(WaitEnd::refused);
  }

  std::optional<WaitEnd> absent() {
    const bool was_listed = outcome_.last_status && outcome_.last_status->image;
    // One empty response may be a mistake of the cloud.
    if (was_listed && !std::exchange(is_absence_confirmed_, true)) {
      polls_at_once_ = true;
      return std::nullopt;
    }
    const bool may_appear = !was_listed && may_still_appear(visibility_, clock_, policies_.visibility);
    return may_appear ? std::nullopt : std::optional(WaitEnd::gone);
  }

  std::optional<WaitEnd> described(const cloud::CopyStatus& status) {
    is_absence_confirmed_ = false;
    polling_.observe(status, age());
    outcome_.last_status = status;
    remember(copy_, status);
    if (!has_ended(status.state)) return std::nullopt;
    return status.state == CopyState::available ? WaitEnd::available : WaitEnd::failed;
  }

  [[nodiscard]] milliseconds age() const {
    return std::max(milliseconds(0), std::chrono::duration_cast<milliseconds>(clock_.utc() - begin_));
  }

  const EnginePolicies& policies_;
  BatchPoller& poller_;
  core::Clock& clock_;
  core::Logger& log_;
  cloud::CopyReference copy_;
  const Visibility visibility_;
  core::Context context_;
  const core::UtcTime begin_;
  PollingPolicy polling_;
  bool polls_at_once_;  // at first if the wait resumes one of an earlier run: the copy may have ended
  bool is_absence_confirmed_ = false;
  WaitOutcome outcome_;
  int failures_ = 0;             // in a row
  int refusals_ = 0;             // of them, those that may not pass
  milliseconds retry_after_{0};  // as the cloud said with the newest failure
};

}  // namespace

bool has_ended(CopyState state) {
  return state == CopyState::available || state == CopyState::failed;
}

void remember(cloud::CopyReference& copy, const cloud::CopyStatus& status) {
  copy.last_state = status.state;
  if (!status.image_id.empty()) copy.image_id = status.image_id;
}

WaitOutcome CopyWaiter::wait(WaitRequest request, const core::Context& context) {
  return Wait(engine_, clock_, log_, std::move(request), context).run();
}

}  // namespace copy
