#include "src/copy/removal.h"

#include <algorithm>

#include "src/copy/copy_waiter.h"
#include "src/core/wait.h"

namespace copy {

using cloud::ErrorKind;
using std::chrono::milliseconds;

Removal::Removal(Engine& engine, core::Clock& clock, RemovalRequest request, const core::Context& context)
    : policy_(engine.policies().removal),
      visibility_policy_(engine.policies().visibility),
      cloud_(engine.cloud()),
      clock_(clock),
      request_(std::move(request)),
      context_(context),
      begin_(clock.now()),
      copy_(request_.copy) {
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
  Next next = Step::describe;
  while (const Step* step = std::get_if<Step>(&next)) {
    switch (*step) {
      case Step::describe: next = describe(); break;
      case Step::cancel: next = cancel(); break;
      case Step::delete_image: next = delete_image(); break;
      case Step::delete_snapshots: next = delete_snapshots(); break;
      case Step::pause: next = pause(); break;
    }
  }
  outcome_.end = std::get<RemovalEnd>(next);
  return std::move(outcome_);
}

Removal::Next Removal::describe() {
  const auto status = cloud_.describe_copy(copy_, context_);
  if (!status) return failed(status.error());
  if (status->state == cloud::CopyState::absent) return vanished();
  if (const auto& image = status->image) {
    evidence_ = std::max(evidence_, Evidence::confirmed);
    image_extras_ = image->extras;
    remember_snapshots(image->snapshot_ids);
  }
  outcome_.last_status = *status;
  remember(copy_, *status);
  // What the cloud does not take for a running copy is an image like any other, whatever its status says.
  const bool is_no_copy = cancelling_ == Cancelling::pointless;
  if (!has_ended(copy_.last_state) && !is_no_copy) return Step::cancel;
  // A failed copy may leave no image.
  return copy_.image_id.empty() ? image_gone() : Step::delete_image;
}

/// A copy that was never listed may only not be listed yet.
Removal::Next Removal::vanished() {
  // One empty response may be a mistake of the cloud, and the image would be forgotten.
  if (evidence_ != Evidence::leaving && !is_absence_confirmed_) {
    is_absence_confirmed_ = true;
    return Step::describe;
  }
  outcome_.last_status.reset();
  outcome_.last_error.reset();
  const bool may_appear =
      evidence_ == Evidence::unconfirmed && may_still_appear(request_.visibility, clock_, visibility_policy_);
  return may_appear ? Step::cancel : image_gone();
}

Removal::Next Removal::image_gone() {
  outcome_.image_is_gone = true;
  gone_at_ = clock_.now();
  return Step::delete_snapshots;
}

Removal::Next Removal::cancel() {
  if (cancelling_ == Cancelling::impossible) return Step::pause;
  const auto cancelled = cloud_.cancel_copy(copy_, context_);
  if (cancelled) {
    evidence_ = Evidence::leaving;
    return progressed();
  }
  const ErrorKind kind = cancelled.error().kind;
  if (kind == ErrorKind::cannot_cancel) cancelling_ = Cancelling::impossible;
  if (kind == ErrorKind::not_copying) cancelling_ = Cancelling::pointless;
  const bool is_settled =
      kind == ErrorKind::cannot_cancel || kind == ErrorKind::not_copying || kind == ErrorKind::not_found;
  return is_settled ? progressed() : failed(cancelled.error());
}

Removal::Next Removal::delete_image() {
  const cloud::DeleteOptions options{
      .with_snapshots = request_.with_snapshots, .force = request_.force, .image = image_extras_};
  const auto deleted = cloud_.delete_image(copy_, options, context_);
  if (deleted) {
    evidence_ = Evidence::leaving;
    // From here on the image is described: its job would be reported as finished forever.
    copy_.job_id.clear();
    return progressed();
  }
  const cloud::Error& error = deleted.error();
  if (error.kind == ErrorKind::not_found) return not_found(error);
  if (error.kind != ErrorKind::still_copying && error.kind != ErrorKind::busy) return failed(error);
  if (error.kind == ErrorKind::still_copying && cancelling_ == Cancelling::pointless) {
    cancelling_ = Cancelling::possible;
  }
  outcome_.last_error = error;
  return Step::pause;
}

/// The image is listed and cannot be deleted because it is not found: the listing is late, or the image is
/// another account's.
Removal::Next Removal::not_found(const cloud::Error& error) {
  copy_.job_id.clear();
  if (evidence_ == Evidence::leaving) return progressed();
  evidence_ = Evidence::confirmed;
  return ++not_found_ > policy_.max_not_found ? failed(error) : progressed();
}

/// Tries each, also after one that the cloud refuses to delete.
Removal::Next Removal::delete_snapshots() {
  std::vector<std::string> left;
  bool may_succeed_later = false;
  const bool is_recent = clock_.now() - gone_at_ < policy_.snapshot_release;
  outcome_.last_error.reset();
  for (const std::string& id : outcome_.snapshots_left) {
    const auto deleted = cloud_.snapshots()->delete_snapshot(copy_, id, context_);
    if (deleted || deleted.error().kind == ErrorKind::not_found) continue;
    left.push_back(id);
    outcome_.last_error = deleted.error();
    // For a moment the deleted image still counts as a user of its snapshots.
    const bool may_be_released = deleted.error().kind == ErrorKind::busy && is_recent;
    may_succeed_later = may_succeed_later || may_be_released || cloud::is_transient(deleted.error().kind);
  }
  outcome_.snapshots_left = std::move(left);
  if (outcome_.snapshots_left.empty()) return RemovalEnd::gone;
  if (outcome_.last_error->kind == ErrorKind::cancelled) return RemovalEnd::stopped;
  if (may_succeed_later) return Step::pause;
  return RemovalEnd::refused;
}

Removal::Next Removal::pause() {
  const auto age = std::chrono::duration_cast<milliseconds>(clock_.now() - begin_);
  switch (core::wait_until(clock_.now() + policy_.polling.pause(age, failures_), context_, clock_)) {
    case core::Wakeup::due: break;
    case core::Wakeup::deadline: return RemovalEnd::timed_out;
    case core::Wakeup::stopped: return RemovalEnd::stopped;
  }
  return outcome_.image_is_gone ? Step::delete_snapshots : Step::describe;
}

/// The cloud responded; the next read shows whether the image is gone.
Removal::Next Removal::progressed() {
  failures_ = 0;
  outcome_.last_error.reset();
  return Step::pause;
}

Removal::Next Removal::failed(const cloud::Error& error) {
  outcome_.last_error = error;
  if (error.kind == ErrorKind::cancelled) return RemovalEnd::stopped;
  ++failures_;
  if (cloud::is_transient(error.kind)) return Step::pause;
  return RemovalEnd::refused;
}

}  // namespace copy
