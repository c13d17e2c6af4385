#include "src/copy/ensure_copy.h"

#include <algorithm>

#include "src/copy/copy_waiter.h"
#include "src/copy/removal.h"

namespace copy {
namespace {

using cloud::CopyStatus;
using cloud::ErrorKind;
using std::chrono::milliseconds;

cloud::CopyRequest with_group(cloud::CopyRequest request, const cloud::ImageCloud& cloud) {
  request.resource_group_id = cloud.effective_resource_group(request);
  return request;
}

/// Old enough to be shared by many, new enough to see other runs that have begun.
constexpr std::chrono::seconds kFreshness{10};

AdmissionQueue::Rejection refusal_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::concurrency_limit: return AdmissionQueue::Rejection::full;
    case ErrorKind::busy: return AdmissionQueue::Rejection::source_busy;
    default: return AdmissionQueue::Rejection::other;
  }
}

}  // namespace

EnsureCopy::EnsureCopy(Engine& engine, AdmissionQueue::Ticket& ticket, core::Clock& clock, core::Logger& log,
                       cloud::CopyRequest request, bool adopts)
    : cloud_(engine.cloud()),
      cache_(engine.cache()),
      ownership_(engine.ownership()),
      admission_(engine.admission()),
      ticket_(ticket),
      clock_(clock),
      log_(log),
      request_(with_group(std::move(request), cloud_)),
      adopts_(adopts),
      begin_(clock.now()),
      seen_since_(begin_) {}

std::expected<EnsuredCopy, EnsureFailure> EnsureCopy::run(const core::Context& context) {
  while (true) {
    if (auto outcome = look(context)) {
      const bool runs = *outcome && (*outcome)->taken_over && !has_ended((*outcome)->copy.last_state);
      if (runs) ticket_.run((*outcome)->copy);
      return *std::move(outcome);
    }
    if (has_looked_ && !may_still_appear()) {
      may_run_ = false;
      if (name_was_taken_) return std::unexpected(give_up(*last_error_));
      switch (ticket_.enter(context)) {
        case AdmissionQueue::Turn::never: return std::unexpected(left_waiting(context));
        case AdmissionQueue::Turn::after_waiting: seen_since_ = clock_.now(); continue;
        case AdmissionQueue::Turn::at_once: break;
      }
      if (auto outcome = start(context)) return *std::move(outcome);
      // The queue tells when there may be room again.
      if (refusal_of(last_error_->kind) != AdmissionQueue::Rejection::other) continue;
    }
    if (auto end = pause(context)) return std::unexpected(*std::move(end));
  }
}

std::optional<EnsureCopy::Outcome> EnsureCopy::start(const core::Context& context) {
  auto started = cloud_.start_copy(request_, context);
  cache_.changed({.destination_region = request_.destination_region, .project_name = request_.project_name});
  if (started) {
    ownership_.made(*started, request_.copy_key);
    ticket_.run(*started);
    return EnsuredCopy{
        .copy = *std::move(started), .taken_over = std::nullopt, .is_adopted = false, .others = {}};
  }
  auto end = refused(started.error());
  // Meanwhile another run may have started it: that the source is busy can be that very copy.
  seen_since_ = clock_.now();
  if (may_run_) {
    ticket_.stay();
  } else {
    ticket_.step_back(refusal_of(started.error().kind));
  }
  if (end) return std::unexpected(*std::move(end));
  return std::nullopt;
}

cloud::Result<ImageCache::Images> EnsureCopy::list(const core::Context& context) {
  const std::string& region = request_.destination_region;
  if (!doubtful_since_ && !looks_again_) {
    // Only where a copy is told by itself can what is somewhat old do no harm: it is noticed later.
    const bool tells_copies = cloud_.traits().stores_copy_key || cloud_.traits().reports_source;
    const bool may_be_old = tells_copies && !ticket_.is_shared();
    const core::Instant oldest = may_be_old ? clock_.now() - kFreshness : seen_since_;
    auto images = cache_.images_since(oldest, region, request_.project_name, context);
    if (images) admission_.see(region, request_.project_name, *images);
    return images;
  }
  auto listed = cloud_.list_images(
      {.region = region, .project_name = request_.project_name, .name = request_.name}, context);
  if (!listed) return std::unexpected(std::move(listed.error()));
  return std::make_shared<const std::vector<CopyStatus>>(*std::move(listed));
}

std::optional<EnsureCopy::Outcome> EnsureCopy::look(const core::Context& context) {
  const cloud::Result<ImageCache::Images> images = list(context);
  has_looked_ = images.has_value();
  if (!images) return not_seen(images.error());

  Matches matches = find_matches(**images, request_, cloud_.traits());
  if (wait_for_leaving(matches)) return std::nullopt;
  const bool is_held_by_others = set_apart_held(matches);
  if (!matches.ours.empty()) {
    auto taken = take_over(matches.ours.front());
    if (taken && *taken) (*taken)->others = ids_of({matches.ours.begin() + 1, matches.ours.end()});
    return taken;
  }
  if (may_run_) {
    if (auto outcome = take_over_one_of(newcomers(matches.ambiguous))) return outcome;
  }
  if (adopts_) {
    auto outcome = take_over_one_of(matches.ambiguous);
    if (outcome && *outcome) (*outcome)->is_adopted = true;
    if (outcome) return outcome;
  }
  std::vector<CopyStatus> namesakes = matches.ambiguous;
  namesakes.insert(namesakes.end(), matches.foreign.begin(), matches.foreign.end());
  if (!namesakes.empty() && cloud_.traits().names_unique) {
    EnsureFailure end = give_up({.kind = ErrorKind::name_taken, .message = "The name is taken."});
    end.rivals = ids_of(namesakes);
    // This run may be about to remove or to rename it.
    const bool may_go = is_held_by_others && clock_.now() - begin_ < kVisibilityDelay;
    if (looks_again_ && !may_go) return std::unexpected(std::move(end));
    look_again(std::move(end.error));
    return std::nullopt;
  }
  if (!present_) present_ = *images;
  // What failed is this very copy and holds its name.
  if (!cloud_.traits().stores_copy_key) return std::nullopt;
  for (const CopyStatus& failed : matches.failed) {
    const RemovalRequest request{.copy = reference_to(request_, failed),
                                 .visibility = {.listed = true},
                                 .snapshot_ids = failed.image->snapshot_ids};
    const RemovalOutcome removed = Removal(cloud_, clock_, request, context).run();
    if (removed.end == RemovalEnd::gone) continue;
    const cloud::Error unknown{.kind = ErrorKind::unavailable,
                               .message = "The failed copy " + failed.image_id + " is still there."};
    return std::unexpected(give_up(removed.last_error.value_or(unknown)));
  }
  return std::nullopt;
}

/// A copy that cannot be looked for must not be started, unless nobody may look at all.
std::optional<EnsureCopy::Outcome> EnsureCopy::not_seen(const cloud::Error& error) {
  if (!doubtful_since_ && error.kind == ErrorKind::permission_denied) {
    has_looked_ = true;
    return std::nullopt;
  }
  if (doubtful_since_ && cloud::is_transient(error.kind)) return std::nullopt;
  const bool tell_first = doubtful_since_ && error.kind != ErrorKind::cancelled;
  return std::unexpected(give_up(tell_first ? *last_error_ : error));
}

/// What this run is removing is neither taken over nor in the way for long.
bool EnsureCopy::wait_for_leaving(const Matches& matches) {
  for (const auto* views : {&matches.ours, &matches.ambiguous, &matches.foreign, &matches.failed}) {
    for (const CopyStatus& view : *views) {
      if (!ownership_.is_leaving(request_.destination_region, view.image_id)) continue;
      look_again({.kind = ErrorKind::busy,
                  .message = "The image " + view.image_id + ", which has the name, is being removed."});
      return true;
    }
  }
  return false;
}

/// Another object of Terraform's is the image, whatever it looks like. Whether there is such a one.
bool EnsureCopy::set_apart_held(Matches& matches) const {
  const std::size_t before = matches.foreign.size();
  for (auto* views : {&matches.ours, &matches.ambiguous, &matches.failed}) {
    const auto is_held = [&](const CopyStatus& view) {
      return ownership_.holds(request_.destination_region, view.image_id);
    };
    std::ranges::copy_if(*views, std::back_inserter(matches.foreign), is_held);
    std::erase_if(*views, is_held);
  }
  return matches.foreign.size() > before;
}

void EnsureCopy::look_again(cloud::Error error) {
  has_looked_ = false;
  looks_again_ = true;
  last_error_ = std::move(error);
}

std::optional<EnsureCopy::Outcome> EnsureCopy::take_over_one_of(const std::vector<CopyStatus>& images) {
  if (images.empty()) return std::nullopt;
  if (images.size() == 1) return take_over(images.front());
  EnsureFailure end = give_up({.kind = ErrorKind::name_taken, .message = "Several images have the name."});
  end.rivals = ids_of(images);
  return std::unexpected(std::move(end));
}

/// Nothing: the image has begun to leave in the meantime.
std::optional<EnsureCopy::Outcome> EnsureCopy::take_over(const CopyStatus& view) {
  EnsuredCopy started{
      .copy = reference_to(request_, view), .taken_over = view, .is_adopted = false, .others = {}};
  if (ownership_.take_over(started.copy, request_.copy_key)) return started;
  look_again({.kind = ErrorKind::busy, .message = "The image " + view.image_id + " is being removed."});
  return std::nullopt;
}

std::vector<CopyStatus> EnsureCopy::newcomers(const std::vector<CopyStatus>& images) const {
  std::vector<CopyStatus> found;
  for (const CopyStatus& view : images) {
    const bool is_others = ownership_.has_made(request_.destination_region, view.image_id);
    const bool is_new =
        present_ && std::ranges::find(*present_, view.image_id, &CopyStatus::image_id) == present_->end();
    if (is_new && !is_others) found.push_back(view);
  }
  return found;
}

bool EnsureCopy::may_still_appear() const {
  return doubtful_since_ && clock_.now() - *doubtful_since_ < kVisibilityDelay;
}

std::optional<EnsureFailure> EnsureCopy::refused(const cloud::Error& error) {
  last_error_ = error;
  switch (error.kind) {
    case ErrorKind::concurrency_limit:
    case ErrorKind::busy:
      log_.info("The cloud has no room for another copy yet", {{.key = "code", .value = error.code}});
      return std::nullopt;
    case ErrorKind::not_found:
      // The source may be a copy that this run has made, and not be listed yet.
      if (!ownership_.has_made(request_.source_region, request_.source_image_id)) return give_up(error);
      return clock_.now() - begin_ < kVisibilityDelay ? std::nullopt : std::optional(give_up(error));
    case ErrorKind::name_taken:
      doubtful_since_ = clock_.now();
      name_was_taken_ = true;
      return std::nullopt;
    case ErrorKind::outcome_unknown:
    case ErrorKind::unavailable:
    case ErrorKind::unexpected:
      log_.warn("The cloud may have started a copy or not; it is looked for",
                {{.key = "error", .value = cloud::describe(error)}});
      doubtful_since_ = clock_.now();
      may_run_ = true;
      return std::nullopt;
    default: return give_up(error);
  }
}

std::optional<EnsureFailure> EnsureCopy::pause(const core::Context& context) {
  const auto age = std::chrono::duration_cast<milliseconds>(clock_.now() - begin_);
  const core::Instant wake = clock_.now() + schedule_.pause(age, 0);
  if (wake >= context.deadline) return give_up(*last_error_);
  if (clock_.sleep_until(wake, context.stop)) return std::nullopt;
  cloud::Error interrupted = *last_error_;
  interrupted.kind = ErrorKind::cancelled;
  return give_up(std::move(interrupted));
}

/// It was its turn neither before the deadline nor before a stop.
EnsureFailure EnsureCopy::left_waiting(const core::Context& context) const {
  const bool stopped = context.stop.stop_requested();
  cloud::Error waited{.kind = ErrorKind::concurrency_limit,
                      .message = "Other copies from region " + request_.source_region +
                                 " run or come first, and this one waited for its turn."};
  if (last_error_) waited = *last_error_;
  if (stopped) waited.kind = ErrorKind::cancelled;
  return give_up(std::move(waited));
}

EnsureFailure EnsureCopy::give_up(cloud::Error error) const {
  return {.error = std::move(error), .rivals = {}, .may_run = may_run_};
}

}  // namespace copy
