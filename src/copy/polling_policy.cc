#include "src/copy/polling_policy.h"

#include <algorithm>

namespace copy {
namespace {

using Duration = PollingPolicy::Duration;

Duration after_failures(Duration usual, int failures, Duration max) {
  if (failures == 0) return usual;
  return std::min(std::max(usual, max), Duration(usual.count() << std::min(failures, 10)));
}

Duration shortest_copy(std::optional<std::int64_t> size_gb, const PollingParameters& parameters) {
  const std::int64_t seconds = size_gb.value_or(0) / parameters.max_gb_per_second;
  return std::clamp(Duration(std::chrono::seconds(std::min<std::int64_t>(seconds, 3600))), parameters.min,
                    parameters.max_without_progress);
}

}  // namespace

Duration ProportionalPolling::pause(Duration waited, int failures) const {
  return after_failures(std::clamp(waited / divisor, min, max), failures, max_after_failures);
}

PollingPolicy::PollingPolicy(bool knows_start, std::optional<std::int64_t> size_gb,
                             const PollingParameters& parameters)
    : parameters_(parameters), shortest_copy_(shortest_copy(size_gb, parameters)) {
  if (knows_start) begin_ = Point();
}

void PollingPolicy::observe(const cloud::CopyStatus& status, Duration age) {
  is_queued_ = status.state == cloud::CopyState::queued;
  if (!status.progress_percent) {
    // The progress seen before is soon too old to predict anything.
    newest_.reset();
    if (is_queued_) begin_ = Point{.age = age};
    return;
  }
  const int percent = *status.progress_percent;
  if (percent == 0 || !begin_ || percent < begin_->percent) {
    begin_ = Point{.age = age, .percent = percent};
    newest_.reset();
    return;
  }
  if (percent > begin_->percent) newest_ = Point{.age = age, .percent = percent};
}

Duration PollingPolicy::pause(Duration age, int failures) const {
  const Duration max = is_queued_ ? parameters_.max_while_queued : parameters_.max;
  const Duration by_age =
      std::max(parameters_.max_without_progress, age / parameters_.divisor_without_progress);
  const Duration usual =
      std::min(max, newest_ ? pause_by_progress(age) : std::clamp(age, shortest_copy_, by_age));
  return after_failures(usual, failures, parameters_.max_after_failures);
}

Duration PollingPolicy::pause_by_progress(Duration age) const {
  const Duration observed = newest_->age - begin_->age;
  // Percentages are rounded down: the copy may have done almost one percent more, and be that much faster.
  const double most_done = newest_->percent + 1 - begin_->percent;
  const double least_left = std::max(0, 100 - newest_->percent - 1);
  const Duration end =
      newest_->age + std::chrono::duration_cast<Duration>(observed * (least_left / most_done));
  const auto trusted = std::chrono::duration_cast<Duration>((end - age) * parameters_.trusted_part);
  const Duration near_end =
      std::clamp(age / parameters_.divisor_near_end, parameters_.min, parameters_.max_near_end);
  return std::max(near_end, std::min(trusted, observed * parameters_.max_times_observed));
}

}  // namespace copy
