#include "src/copy/removal.h"

#include <algorithm>

#include "src/copy/copy_waiter.h"

namespace copy {

using cloud::ErrorKind;
using std::chrono::milliseconds;

namespace {

/// How long a deleted image may still count as its snapshots' user (alicloud/API.md 3.9).
constexpr std::chrono::minutes kSnapshotGrace{2};

/// So many looks may still list an image that a delete does not find any more.
constexpr int kMaxNotFound = 5;

}  // namespace

Removal::Removal(cloud::ImageCloud& cloud, core::Clock& clock, RemovalRequest request,
                 const core::Context& context)
    : cloud_(cloud), clock_(clock), request_(std::move(request)), context_(context), copy_(request_.copy) {
  remember_snapshots(request_.snapshot_ids);
}

void Removal::remember_snapshots(const std::vector<std::string>& ids) {
  if (!request_.with_snapshots || cloud_.snapshots() == nullptr) return;
  for (const std::string& id : ids) {
    if (std::ranges::find(outcome_.snapshots_left, id) == outcome_.snapshots_left.end()) {
      outcome_.snapshots_left.push_back(id);
    }
  }
}

RemovalOutcome Removal::run() {
  const core::Instant begin = clock_.now();
  while (!step()) {
    const auto age = std::chrono::duration_cast<milliseconds>(clock_.now() - begin);
    const core::Instant wake = std::min(clock_.now() + schedule_.pause(age, failures_), context_.deadline);
    if (!clock_.sleep_until(wake, context_.stop)) return end(RemovalEnd::interrupted);
    if (clock_.now() >= context_.deadline) return end(RemovalEnd::timed_out);
  }
  return std::move(outcome_);
}

RemovalOutcome Removal::end(RemovalEnd end) {
  outcome_.end = end;
  return std::move(outcome_);
}

bool Removal::step() {
  if (!outcome_.image_is_gone && !remove_image()) return false;
  // Refused or interrupted.
  if (!outcome_.image_is_gone) return true;
  return remove_snapshots();
}

bool Removal::remove_image() {
  const auto status = cloud_.describe_copy(copy_, context_);
  if (!status) return failed(status.error());
  if (status->state == cloud::CopyState::absent) return vanished();
  if (status->image) {
    seen_ = true;
    has_backup_ = status->image->has_backup;
    remember_snapshots(status->image->snapshot_ids);
  }
  outcome_.last_view = *status;
  remember(copy_, *status);
  // What the cloud calls by a word that is not known, and does not take for a copy, is an image like any
  // other.
  const bool may_run = copy_.last_state != cloud::CopyState::unknown || !refuses_to_cancel_;
  if (!has_ended(copy_.last_state) && may_run) return cancel();
  if (copy_.image_id.empty()) {
    outcome_.image_is_gone = true;  // a failed copy that left nothing
    return true;
  }
  return destroy();
}

/// A copy that was never seen may not be listed yet; what was cancelled or deleted is gone.
bool Removal::vanished() {
  outcome_.last_view.reset();
  outcome_.last_error.reset();
  if (!seen_ && !touched_ && not_found_ == 0 && may_still_appear(request_.visibility, clock_))
    return cancel();
  outcome_.image_is_gone = true;
  return true;
}

bool Removal::cancel() {
  if (!cancellable_) return false;
  const auto cancelled = cloud_.cancel_copy(copy_, context_);
  if (cancelled) {
    touched_ = true;
    return done();
  }
  switch (cancelled.error().kind) {
    case ErrorKind::cannot_cancel: cancellable_ = false; return done();
    case ErrorKind::not_copying: refuses_to_cancel_ = true; return done();
    case ErrorKind::not_found: return done();
    default: return failed(cancelled.error());
  }
}

bool Removal::destroy() {
  const cloud::DeleteOptions options{.with_backup = request_.with_snapshots && has_backup_,
                                     .force = request_.force};
  const auto deleted = cloud_.delete_image(copy_, options, context_);
  if (deleted) {
    touched_ = true;
    // From here on only the image counts; its job would be remembered as finished for ever.
    copy_.job_id.clear();
    return done();
  }
  switch (deleted.error().kind) {
    case ErrorKind::not_found:
      copy_.job_id.clear();
      // Listed, and not there to be deleted: somebody else's image, unless it is only leaving slowly.
      if (!touched_ && ++not_found_ > kMaxNotFound) return failed(deleted.error());
      return done();
    case ErrorKind::still_copying:
      refuses_to_cancel_ = false;
      outcome_.last_error = deleted.error();
      return false;
    case ErrorKind::busy: outcome_.last_error = deleted.error(); return false;
    default: return failed(deleted.error());
  }
}

/// Each is tried; what is refused for good does not keep the others.
bool Removal::remove_snapshots() {
  std::vector<std::string> left;
  bool again = false;
  if (!gone_at_) gone_at_ = clock_.now();
  const bool within_grace = clock_.now() - *gone_at_ < kSnapshotGrace;
  outcome_.last_error.reset();
  for (const std::string& id : outcome_.snapshots_left) {
    const auto deleted = cloud_.snapshots()->delete_snapshot(copy_, id, context_);
    if (deleted || deleted.error().kind == ErrorKind::not_found) continue;
    left.push_back(id);
    outcome_.last_error = deleted.error();
    // For a moment the image still counts as their user.
    again = again || (deleted.error().kind == ErrorKind::busy && within_grace) ||
            cloud::is_transient(deleted.error().kind);
  }
  outcome_.snapshots_left = std::move(left);
  if (outcome_.snapshots_left.empty()) return true;
  if (outcome_.last_error->kind == ErrorKind::cancelled) {
    outcome_.end = RemovalEnd::interrupted;
    return true;
  }
  if (again) return false;
  outcome_.end = RemovalEnd::refused;
  return true;
}

/// What was asked for is under way; the next look tells whether it is done.
bool Removal::done() {
  failures_ = 0;
  outcome_.last_error.reset();
  return false;
}

bool Removal::failed(const cloud::Error& error) {
  outcome_.last_error = error;
  if (error.kind == ErrorKind::cancelled) {
    outcome_.end = RemovalEnd::interrupted;
    return true;
  }
  ++failures_;
  if (cloud::is_transient(error.kind)) return false;
  outcome_.end = RemovalEnd::refused;
  return true;
}

}  // namespace copy
