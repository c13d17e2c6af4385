#include "src/copy/copy_waiter.h"

#include <algorithm>

#include "src/copy/polling_policy.h"

namespace copy {
namespace {

using cloud::CopyState;
using cloud::ErrorKind;
using std::chrono::milliseconds;

/// So many refusals in a row, for instance of the credentials, end a wait.
constexpr int kMaxRefusals = 3;

}  // namespace

bool has_ended(CopyState state) {
  return state == CopyState::available || state == CopyState::failed;
}

void remember(cloud::CopyReference& copy, const cloud::CopyStatus& view) {
  copy.last_state = view.state;
  if (!view.image_id.empty()) copy.image_id = view.image_id;
}

WaitOutcome CopyWaiter::wait(cloud::CopyReference copy, const Visibility& visibility,
                             std::optional<std::int64_t> size_gb, const core::Context& context) {
  const core::UtcTime begin = visibility.started.value_or(clock_.utc());
  const auto age = [&] {
    return std::max(milliseconds(0), std::chrono::duration_cast<milliseconds>(clock_.utc() - begin));
  };
  PollingPolicy pace(visibility.started.has_value(), size_gb);
  WaitOutcome outcome;
  int failures = 0;
  int refusals = 0;
  milliseconds asked_pause{0};
  core::Context looking = context;
  looking.comes_again = true;
  while (true) {
    const core::Instant due = clock_.now() + std::max(pace.pause(age(), failures), asked_pause);
    const std::optional<cloud::Result<cloud::CopyStatus>> look = watch_.next(copy, due, looking);
    if (!look || (!*look && look->error().kind == ErrorKind::cancelled)) {
      const bool stopped = look || context.stop.stop_requested();
      outcome.end = stopped ? WaitEnd::interrupted : WaitEnd::timed_out;
      if (look) outcome.last_error = look->error();
      return outcome;
    }
    if (!*look) {
      outcome.last_error = look->error();
      asked_pause = look->error().retry_after.value_or(milliseconds(0));
      ++failures;
      refusals = cloud::is_transient(look->error().kind) ? 0 : refusals + 1;
      log_.warn("A look at a copy failed", {{.key = "error", .value = cloud::describe(look->error())}});
      if (refusals < kMaxRefusals) continue;
      outcome.end = WaitEnd::refused;
      return outcome;
    }
    failures = refusals = 0;
    asked_pause = milliseconds(0);
    outcome.last_error.reset();
    const cloud::CopyStatus& status = **look;
    if (status.state == CopyState::absent) {
      const bool seen = outcome.last_view && outcome.last_view->image;
      if (!seen && may_still_appear(visibility, clock_)) continue;
      outcome.end = WaitEnd::gone;
      return outcome;
    }
    pace.saw(status, age());
    outcome.last_view = status;
    remember(copy, status);
    if (!has_ended(copy.last_state)) continue;
    outcome.end = copy.last_state == CopyState::available ? WaitEnd::available : WaitEnd::failed;
    return outcome;
  }
}

}  // namespace copy
