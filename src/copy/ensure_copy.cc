#include "src/copy/ensure_copy.h"

#include <algorithm>

#include "src/copy/copy_waiter.h"
#include "src/copy/removal.h"
#include "src/core/wait.h"

namespace copy {
namespace {

using cloud::CopyStatus;
using cloud::ErrorKind;
using std::chrono::milliseconds;

cloud::CopyRequest with_group(cloud::CopyRequest request, cloud::ImageCloud& cloud) {
  request.spec.resource_group_id = cloud.effective_resource_group(request.spec);
  return request;
}

/// Whether the cloud may have accepted a copy call that failed like this.
bool may_have_started(ErrorKind kind) {
  return kind == ErrorKind::outcome_unknown || kind == ErrorKind::unavailable ||
         kind == ErrorKind::unexpected;
}

}  // namespace

EnsureCopy::EnsureCopy(Engine& engine, AdmissionQueue::Ticket& ticket, core::Logger& log,
                       EnsureRequest request)
    : policies_(engine.policies()),
      engine_(engine),
      cloud_(engine.cloud()),
      cache_(engine.cache()),
      ownership_(engine.ownership()),
      admission_(engine.admission()),
      clock_(engine.clock()),
      ticket_(ticket),
      log_(log),
      request_(with_group(std::move(request.copy), cloud_)),
      adopts_by_name_(request.adopts_by_name),
      begin_(clock_.now()),
      oldest_listing_(begin_) {}

EnsureCopy::Outcome EnsureCopy::run(const core::Context& context) {
  Next next = Step::inspect;
  while (const Step* step = std::get_if<Step>(&next)) {
    switch (*step) {
      case Step::inspect: next = inspect(context); break;
      case Step::enter: next = enter(context); break;
      case Step::start: next = start(context); break;
      case Step::pause: next = pause(context); break;
    }
  }
  return std::get<Outcome>(std::move(next));
}

EnsureCopy::Next EnsureCopy::inspect(const core::Context& context) {
  const cloud::Result<ImageCache::Images> images = list(context);
  if (!images) return not_listed(images.error());

  Matches matches = find_matches(**images, request_, cloud_.traits());
  if (const CopyStatus* leaving = find_leaving(matches)) return wait_for_removal(leaving->image_id);
  const bool is_held_here = set_held_apart(matches);
  if (!matches.ours.empty()) {
    const CopyStatus& oldest = matches.ours.front();
    return adopt({.copy = reference_to(request_, oldest),
                  .adopted = oldest,
                  .duplicates = ids_of({matches.ours.begin() + 1, matches.ours.end()})},
                 context);
  }
  if (doubtful_.outlook == DoubtfulCall::Outlook::unknown) {
    const auto candidates = appeared(matches.ambiguous);
    if (!candidates.empty()) return adopt_only(candidates, false, context);
  }
  if (adopts_by_name_ && !matches.ambiguous.empty()) return adopt_only(matches.ambiguous, true, context);
  const bool is_name_free = matches.ambiguous.empty() && matches.foreign.empty();
  if (cloud_.traits().names_unique && !is_name_free) return name_conflict(matches, is_held_here);
  if (!before_) before_ = *images;
  if (auto failure = remove_failed(matches.failed, context)) return *std::move(failure);
  return absent();
}

cloud::Result<ImageCache::Images> EnsureCopy::list(const core::Context& context) {
  const std::string& region = request_.spec.destination_region.value();
  const std::string& project = request_.spec.project_name.value();
  if (scope_ == Scope::name || doubtful_.outlook != DoubtfulCall::Outlook::none) {
    auto listed = cloud_.list_images(
        {.region = region, .project_name = project, .name = request_.spec.name.value()}, context);
    if (!listed) return std::unexpected(std::move(listed.error()));
    return std::make_shared<const std::vector<CopyStatus>>(*std::move(listed));
  }
  // An older listing does no harm where a copy that is missing in it can be recognized later.
  const bool may_be_old = cloud_.traits().identifies_copies() && !ticket_.is_shared();
  const core::Instant oldest = may_be_old ? clock_.now() - policies_.ensure.max_listing_age : oldest_listing_;
  auto images = cache_.images_since(oldest, region, project, context);
  if (images) admission_.observe(region, project, *images);
  return images;
}

/// A copy that cannot be searched for must not be started, unless these credentials may not list at all.
EnsureCopy::Next EnsureCopy::not_listed(const cloud::Error& error) {
  if (doubtful_.outlook == DoubtfulCall::Outlook::none) {
    if (error.kind == ErrorKind::permission_denied) return absent();
    return fail(error);
  }
  if (cloud::is_transient(error.kind)) return Step::pause;
  return fail(error.kind == ErrorKind::cancelled ? error : *last_error_);
}

EnsureCopy::Next EnsureCopy::adopt(EnsuredCopy found, const core::Context& context) {
  // The object that holds it may be planned a moment after this one is created.
  if (ownership_.will_hold(found.copy.destination_region, found.copy.image_id, context)) {
    return inspect_again({.kind = ErrorKind::name_taken,
                          .message = "Another resource manages the image " + found.copy.image_id + "."});
  }
  // Its removal may have begun since it was listed.
  if (!ownership_.adopt(found.copy, request_.copy_key)) return wait_for_removal(found.copy.image_id);
  if (!has_ended(found.copy.last_state)) ticket_.run(found.copy);
  return found;
}

EnsureCopy::Next EnsureCopy::adopt_only(const std::vector<CopyStatus>& candidates, bool by_name,
                                        const core::Context& context) {
  if (candidates.size() > 1) {
    return fail({.kind = ErrorKind::name_taken, .message = "More than one image has the name."},
                ids_of(candidates));
  }
  const CopyStatus& image = candidates.front();
  return adopt({.copy = reference_to(request_, image), .adopted = image, .by_name = by_name}, context);
}

/// The listing may be old, so it takes another one to fail.
EnsureCopy::Next EnsureCopy::name_conflict(const Matches& matches, bool is_held_here) {
  cloud::Error error{.kind = ErrorKind::name_taken, .message = "The name is taken."};
  // This run may be about to remove or to rename what it holds.
  const bool may_become_free = is_held_here && is_within_visibility_delay(begin_);
  if (scope_ == Scope::region || may_become_free) return inspect_again(std::move(error));
  std::vector<CopyStatus> conflicts = matches.ambiguous;
  conflicts.insert(conflicts.end(), matches.foreign.begin(), matches.foreign.end());
  return fail(std::move(error), ids_of(conflicts));
}

EnsureCopy::Next EnsureCopy::wait_for_removal(const std::string& image_id) {
  return inspect_again({.kind = ErrorKind::busy,
                        .message = "The image " + image_id + ", which has the name, is being removed."});
}

EnsureCopy::Next EnsureCopy::inspect_again(cloud::Error reason) {
  scope_ = Scope::name;
  last_error_ = std::move(reason);
  return Step::pause;
}

/// The copy is not in the destination, as far as the cloud shows.
EnsureCopy::Next EnsureCopy::absent() {
  using Outlook = DoubtfulCall::Outlook;
  const bool may_appear = is_within_visibility_delay(doubtful_.sent);
  switch (doubtful_.outlook) {
    case Outlook::none:
    case Outlook::absent: break;
    case Outlook::unknown:
      if (may_appear) return Step::pause;
      doubtful_.outlook = Outlook::absent;
      if (doubtful_calls_ >= policies_.ensure.max_doubtful_calls) return fail(*last_error_);
      break;
    case Outlook::name_taken:
      if (may_appear) return Step::pause;
      return fail(*last_error_);
  }
  return Step::enter;
}

const CopyStatus* EnsureCopy::find_leaving(const Matches& matches) const {
  for (const auto* images : {&matches.ours, &matches.ambiguous, &matches.foreign, &matches.failed}) {
    for (const CopyStatus& image : *images) {
      if (ownership_.is_leaving(request_.spec.destination_region.value(), image.image_id)) return &image;
    }
  }
  return nullptr;
}

bool EnsureCopy::set_held_apart(Matches& matches) const {
  const std::size_t before = matches.foreign.size();
  for (auto* images : {&matches.ours, &matches.ambiguous, &matches.failed}) {
    const auto is_held = [&](const CopyStatus& image) {
      return ownership_.holds(request_.spec.destination_region.value(), image.image_id);
    };
    std::ranges::copy_if(*images, std::back_inserter(matches.foreign), is_held);
    std::erase_if(*images, is_held);
  }
  return matches.foreign.size() > before;
}

std::vector<CopyStatus> EnsureCopy::appeared(const std::vector<CopyStatus>& images) const {
  std::vector<CopyStatus> found;
  if (!before_) return found;
  for (const CopyStatus& image : images) {
    const bool was_there =
        std::ranges::find(*before_, image.image_id, &CopyStatus::image_id) != before_->end();
    const bool is_of_another = ownership_.has_made(request_.spec.destination_region.value(), image.image_id);
    if (!was_there && !is_of_another) found.push_back(image);
  }
  return found;
}

/// A failed copy holds the name of the one that is to be started.
std::optional<EnsureCopy::Next> EnsureCopy::remove_failed(const std::vector<CopyStatus>& failed,
                                                          const core::Context& context) {
  if (!cloud_.traits().stores_copy_key) return std::nullopt;
  for (const CopyStatus& image : failed) {
    const RemovalRequest removal{.copy = reference_to(request_, image),
                                 .visibility = {.listed = true},
                                 .snapshot_ids = image.image->snapshot_ids};
    const RemovalOutcome outcome = Removal(engine_, clock_, removal, context).run();
    if (outcome.end == RemovalEnd::gone) continue;
    const cloud::Error unknown{.kind = ErrorKind::unavailable,
                               .message = "The failed copy " + image.image_id + " still exists."};
    return fail(outcome.last_error.value_or(unknown));
  }
  return std::nullopt;
}

EnsureCopy::Next EnsureCopy::enter(const core::Context& context) {
  switch (ticket_.enter(context)) {
    case AdmissionQueue::Turn::at_once: return Step::start;
    case AdmissionQueue::Turn::after_waiting:
      // Another run may have started the copy meanwhile.
      oldest_listing_ = clock_.now();
      return Step::inspect;
    case AdmissionQueue::Turn::never: break;
  }
  return not_admitted(context);
}

EnsureCopy::Next EnsureCopy::not_admitted(const core::Context& context) const {
  cloud::Error error{.kind = ErrorKind::concurrency_limit,
                     .message = "The copy waited for its turn, but other copies from region " +
                                request_.spec.source_region.value() + " are still running or come first."};
  if (last_error_) error = *last_error_;
  if (context.stop.stop_requested()) error.kind = ErrorKind::cancelled;
  return fail(std::move(error));
}

EnsureCopy::Next EnsureCopy::start(const core::Context& context) {
  auto started = cloud_.start_copy(request_, context);
  cache_.changed({.destination_region = request_.spec.destination_region.value(),
                  .project_name = request_.spec.project_name.value()});
  if (!started) return not_started(started.error());
  ownership_.made(*started, request_.copy_key);
  ticket_.run(*started);
  return EnsuredCopy{.copy = *std::move(started)};
}

EnsureCopy::Next EnsureCopy::not_started(const cloud::Error& error) {
  last_error_ = error;
  // Another run may have started the copy meanwhile: that can be what keeps the source busy.
  oldest_listing_ = clock_.now();
  if (may_have_started(error.kind)) {
    log_.warn("The outcome of a copy call is unknown; searching the destination for the copy",
              {{.key = "error", .value = cloud::describe(error)}});
    doubtful_ = {.outlook = DoubtfulCall::Outlook::unknown, .sent = clock_.now()};
    ++doubtful_calls_;
    ticket_.keep();
    return Step::pause;
  }
  if (error.kind == ErrorKind::concurrency_limit) return queue_again(error, Rejection::full);
  if (error.kind == ErrorKind::busy) return queue_again(error, Rejection::source_busy);
  ticket_.reject(Rejection::other);
  if (error.kind == ErrorKind::name_taken) {
    doubtful_ = {.outlook = DoubtfulCall::Outlook::name_taken, .sent = clock_.now()};
    return Step::pause;
  }
  return error.kind == ErrorKind::not_found && may_source_appear() ? Next(Step::pause) : fail(error);
}

/// The queue knows when the next call may succeed.
EnsureCopy::Next EnsureCopy::queue_again(const cloud::Error& error, Rejection rejection) {
  log_.info("The cloud has no room for another copy yet", {{.key = "code", .value = error.code}});
  ticket_.reject(rejection);
  return Step::inspect;
}

EnsureCopy::Next EnsureCopy::pause(const core::Context& context) {
  const auto age = std::chrono::duration_cast<milliseconds>(clock_.now() - begin_);
  switch (core::wait_to_retry(clock_.now() + policies_.ensure.polling.pause(age), context, clock_)) {
    case core::Wakeup::due: return Step::inspect;
    case core::Wakeup::deadline: break;
    case core::Wakeup::stopped: last_error_->kind = ErrorKind::cancelled; break;
  }
  return fail(*last_error_);
}

/// The source may be a copy that this process has made, and not be listed yet.
bool EnsureCopy::may_source_appear() const {
  return ownership_.has_made(request_.spec.source_region.value(), request_.spec.source_image_id.value()) &&
         is_within_visibility_delay(begin_);
}

bool EnsureCopy::is_within_visibility_delay(core::Instant since) const {
  return clock_.now() - since < policies_.visibility.delay;
}

EnsureCopy::Next EnsureCopy::fail(cloud::Error error, std::vector<std::string> conflicts) const {
  return std::unexpected(
      EnsureFailure{.error = std::move(error),
                    .conflicts = std::move(conflicts),
                    .may_have_started = doubtful_.outlook == DoubtfulCall::Outlook::unknown});
}

}  // namespace copy
