#include "src/copy/copier.h"

#include <algorithm>

namespace copy {
namespace {

using cloud::CopyState;
using cloud::ErrorKind;
using std::chrono::milliseconds;

/// How long a new copy may stay unlisted (references alibaba-ecs 4.2, baidu-bcc 4.3, huaweicloud-ims 6.3).
constexpr std::chrono::seconds kVisibilityDelay{120};

/// So many refusals in a row, for instance of the credentials, end a wait.
constexpr int kMostRefusals = 3;

bool has_ended(CopyState state) {
  return state == CopyState::available || state == CopyState::failed;
}

}  // namespace

void remember(cloud::CopyReference& copy, const cloud::CopyView& view) {
  copy.last_state = view.state;
  if (!view.image_id.empty()) copy.image_id = view.image_id;
}

bool Copier::may_still_appear(const PrivateData& known) const {
  return !known.listed && known.started && clock_.utc() - *known.started < kVisibilityDelay;
}

std::expected<cloud::CopyReference, cloud::Error> Copier::start(const cloud::CopyRequest& request,
                                                                const core::Context& context) {
  const core::Instant begin = clock_.now();
  while (true) {
    auto started = cloud_.start_copy(request, context);
    if (started) return started;
    const bool must_wait =
        started.error().kind == ErrorKind::too_many_copies || started.error().kind == ErrorKind::busy;
    if (!must_wait) return started;
    log_.info("The cloud has no room for another copy yet", {{.key = "code", .value = started.error().code}});
    const auto age = std::chrono::duration_cast<milliseconds>(clock_.now() - begin);
    const core::Instant wake = clock_.now() + schedule_.pause(age, 0);
    if (wake >= context.deadline) return started;
    if (!clock_.sleep_until(wake, context.stop)) {
      started.error().kind = ErrorKind::interrupted;
      return started;
    }
  }
}

WaitOutcome Copier::wait(cloud::CopyReference copy, const PrivateData& known, const core::Context& context) {
  const core::UtcTime begin = known.started.value_or(clock_.utc());
  WaitOutcome outcome;
  int failures = 0;
  int refusals = 0;
  while (true) {
    const auto age =
        std::max(milliseconds(0), std::chrono::duration_cast<milliseconds>(clock_.utc() - begin));
    const core::Instant wake = std::min(clock_.now() + schedule_.pause(age, failures), context.deadline);
    if (!clock_.sleep_until(wake, context.stop)) {
      outcome.end = WaitEnd::interrupted;
      return outcome;
    }
    if (clock_.now() >= context.deadline) {
      outcome.end = WaitEnd::timed_out;
      return outcome;
    }
    auto look = cloud_.look(copy, context);
    if (!look) {
      outcome.last_error = look.error();
      if (look.error().kind == ErrorKind::interrupted) {
        outcome.end = WaitEnd::interrupted;
        return outcome;
      }
      ++failures;
      refusals = cloud::is_transient(look.error().kind) ? 0 : refusals + 1;
      log_.warn("A look at a copy failed", {{.key = "error", .value = cloud::describe(look.error())}});
      if (refusals < kMostRefusals) continue;
      outcome.end = WaitEnd::refused;
      return outcome;
    }
    failures = refusals = 0;
    outcome.last_error.reset();
    if (!*look) {
      const bool seen = outcome.last_view && outcome.last_view->image;
      if (!seen && may_still_appear(known)) continue;
      outcome.end = WaitEnd::gone;
      return outcome;
    }
    outcome.last_view = **look;
    remember(copy, **look);
    if (!has_ended(copy.last_state)) continue;
    outcome.end = copy.last_state == CopyState::available ? WaitEnd::available : WaitEnd::failed;
    return outcome;
  }
}

/// One removal. Each step looks first and then does what the state calls for, so that every race between
/// reading and doing ends in another step.
class Copier::Removal {
 public:
  Removal(Copier& copier, cloud::CopyReference copy, const PrivateData& known, const core::Context& context)
      : copier_(copier), copy_(std::move(copy)), known_(known), context_(context) {}

  RemovalOutcome run() {
    const core::Instant begin = copier_.clock_.now();
    while (!step()) {
      const auto age = std::chrono::duration_cast<milliseconds>(copier_.clock_.now() - begin);
      const core::Instant wake =
          std::min(copier_.clock_.now() + copier_.schedule_.pause(age, failures_), context_.deadline);
      if (!copier_.clock_.sleep_until(wake, context_.stop)) return end(RemovalEnd::interrupted);
      if (copier_.clock_.now() >= context_.deadline) return end(RemovalEnd::timed_out);
    }
    return std::move(outcome_);
  }

 private:
  RemovalOutcome end(RemovalEnd end) {
    outcome_.end = end;
    return std::move(outcome_);
  }

  /// True when the outcome is clear.
  bool step() {
    auto look = copier_.cloud_.look(copy_, context_);
    if (!look) return failed(look.error());
    if (!*look) return vanished();
    seen_ = seen_ || (*look)->image.has_value();
    outcome_.last_view = **look;
    remember(copy_, **look);
    if (!has_ended(copy_.last_state)) return cancel();
    if (copy_.image_id.empty()) return true;  // a failed copy that left nothing
    return destroy();
  }

  /// A copy that was never seen may not be listed yet; what was cancelled or deleted is gone.
  bool vanished() {
    outcome_.last_view.reset();
    outcome_.last_error.reset();
    if (seen_ || touched_) return true;
    if (!copier_.may_still_appear(known_)) return true;
    return cancel();
  }

  bool cancel() {
    if (!cancellable_) return false;
    const auto cancelled = copier_.cloud_.cancel_copy(copy_, context_);
    if (cancelled) {
      touched_ = true;
      return done();
    }
    switch (cancelled.error().kind) {
      case ErrorKind::cannot_cancel: cancellable_ = false; return done();
      case ErrorKind::not_copying:
      case ErrorKind::not_found: return done();
      default: return failed(cancelled.error());
    }
  }

  bool destroy() {
    const auto deleted = copier_.cloud_.delete_image(copy_, context_);
    if (deleted) {
      touched_ = true;
      // From here on only the image counts; its job would be remembered as finished for ever.
      copy_.job_id.clear();
      return done();
    }
    switch (deleted.error().kind) {
      case ErrorKind::not_found:
        copy_.job_id.clear();
        touched_ = true;
        return done();
      case ErrorKind::still_copying:
      case ErrorKind::busy: outcome_.last_error = deleted.error(); return false;
      default: return failed(deleted.error());
    }
  }

  /// What was asked for is under way; the next look tells whether it is done.
  bool done() {
    failures_ = 0;
    outcome_.last_error.reset();
    return false;
  }

  bool failed(const cloud::Error& error) {
    outcome_.last_error = error;
    if (error.kind == ErrorKind::interrupted) {
      outcome_.end = RemovalEnd::interrupted;
      return true;
    }
    ++failures_;
    if (cloud::is_transient(error.kind)) return false;
    outcome_.end = RemovalEnd::refused;
    return true;
  }

  Copier& copier_;
  cloud::CopyReference copy_;
  const PrivateData known_;
  const core::Context& context_;
  RemovalOutcome outcome_;
  bool cancellable_ = true;
  bool seen_ = false;     // the image was listed
  bool touched_ = false;  // a cancel or delete was accepted
  int failures_ = 0;
};

RemovalOutcome Copier::remove(cloud::CopyReference copy, const PrivateData& known,
                              const core::Context& context) {
  return Removal(*this, std::move(copy), known, context).run();
}

}  // namespace copy
