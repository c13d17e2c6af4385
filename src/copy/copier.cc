#include "src/copy/copier.h"

#include <algorithm>

namespace copy {
namespace {

using cloud::CopyState;
using cloud::ErrorKind;
using std::chrono::milliseconds;

/// So many refusals in a row, for instance of the credentials, end a wait.
constexpr int kMostRefusals = 3;

}  // namespace

bool has_ended(CopyState state) {
  return state == CopyState::available || state == CopyState::failed;
}

void remember(cloud::CopyReference& copy, const cloud::CopyView& view) {
  copy.last_state = view.state;
  if (!view.image_id.empty()) copy.image_id = view.image_id;
}

bool may_still_appear(const PrivateData& known, const core::Clock& clock) {
  return !known.listed && known.started && clock.utc() - *known.started < kVisibilityDelay;
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
      if (!seen && may_still_appear(known, clock_)) continue;
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

}  // namespace copy
