#include "src/copy/polling_policy.h"

#include <algorithm>

#include "src/copy/elapsed_polling.h"

namespace copy {
namespace {

using Duration = PollingPolicy::Duration;

/// A copy may become faster than it was; so much of the time that it should still take is trusted, and so
/// many times the time that it has been watched.
constexpr double kTrusted = 0.8;
constexpr int kMaxOfWatched = 3;

/// Faster than any cloud copies. Of a large image it spares the looks that can tell nothing yet.
constexpr std::int64_t kGbPerSecond = 20;

Duration shortest_copy(std::optional<std::int64_t> size_gb) {
  const std::int64_t seconds = size_gb.value_or(0) / kGbPerSecond;
  return std::clamp(Duration(std::chrono::seconds(std::min<std::int64_t>(seconds, 3600))),
                    PollingPolicy::kMin, PollingPolicy::kMaxBlind);
}

}  // namespace

PollingPolicy::PollingPolicy(bool knows_start, std::optional<std::int64_t> size_gb)
    : shortest_blind_(shortest_copy(size_gb)) {
  if (knows_start) begin_ = Point();
}

void PollingPolicy::saw(const cloud::CopyStatus& view, Duration age) {
  if (!view.progress_percent) {
    // What was seen before is soon too old to tell anything.
    newest_.reset();
    if (view.state == cloud::CopyState::queued) begin_ = Point{.age = age};
    return;
  }
  const int percent = *view.progress_percent;
  if (percent == 0 || !begin_ || percent < begin_->percent) {
    begin_ = Point{.age = age, .percent = percent};
    newest_.reset();
    return;
  }
  if (percent > begin_->percent) newest_ = Point{.age = age, .percent = percent};
}

Duration PollingPolicy::pause(Duration age, int failures_in_a_row) const {
  Duration usual = std::clamp(age, shortest_blind_, std::max(kMaxBlind, age / 40));
  if (newest_) {
    const Duration watched = newest_->age - begin_->age;
    // The percentages are whole numbers: it may be almost one further, and then it is faster than it looks.
    const double most_done = newest_->percent + 1 - begin_->percent;
    const double least_left = std::max(0, 100 - newest_->percent - 1);
    const Duration end =
        newest_->age + std::chrono::duration_cast<Duration>(watched * (least_left / most_done));
    const Duration trusted = std::chrono::duration_cast<Duration>((end - age) * kTrusted);
    const Duration near_end = std::clamp(age / 10, kMin, kMaxNearEnd);
    usual = std::max(near_end, std::min(trusted, watched * kMaxOfWatched));
  }
  return after_failures(usual, failures_in_a_row);
}

}  // namespace copy
