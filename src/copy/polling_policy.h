#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "src/cloud/image_cloud.h"

namespace copy {

/// Pauses between polls of what reports no progress, such as room in the quota or the end of a removal: a
/// fixed part of the time waited so far, so that a short wait ends soon and a long one costs few calls.
struct ProportionalPolling {
  std::chrono::milliseconds min{1000};
  std::chrono::milliseconds max{15000};
  int divisor = 4;  ///< of the time waited so far

  /// A failure doubles the pause, up to this; several do so each.
  std::chrono::milliseconds max_after_failures{60000};

  /// `failures`: in a row.
  [[nodiscard]] std::chrono::milliseconds pause(std::chrono::milliseconds waited, int failures = 0) const;
};

/// The numbers behind `PollingPolicy`.
struct PollingParameters {
  std::chrono::milliseconds min{1000};

  /// Faster than any cloud copies: an image of a known size is not polled before it can be done.
  std::int64_t max_gb_per_second = 20;

  /// While the cloud reports no progress, the pause is as long as the age of the copy, up to this, and later
  /// a part of the age.
  std::chrono::milliseconds max_without_progress{15000};
  int divisor_without_progress = 40;

  /// Near the end the pause is a part of the age, up to this.
  std::chrono::milliseconds max_near_end{12000};
  int divisor_near_end = 10;

  /// No pause is longer, however old the copy is: one that crawled may speed up. In the cloud's queue it may
  /// not begin for long.
  std::chrono::milliseconds max{60000};
  std::chrono::milliseconds max_while_queued{120000};

  /// How much of the remaining time to trust, as the progress so far predicts it, and how many times the
  /// observed time at most: a copy may become faster than it was.
  double trusted_part = 0.8;
  int max_times_observed = 3;

  /// A failure doubles the pause, up to this; several do so each.
  std::chrono::milliseconds max_after_failures{60000};
};

/// When to poll a copy next. While no progress is known: first when an image of its size can be done at the
/// earliest, then after a pause that doubles, soon every 15 seconds, and after ten minutes every fortieth
/// part of its age. With the progress known: after most of the time that the copy needs at least at the speed
/// seen so far; near the end every 12 seconds at the latest, so that the end is noticed within 15. Never
/// after more than a minute, or two in the cloud's queue.
class PollingPolicy {
 public:
  using Duration = std::chrono::milliseconds;

  /// Ages count from the copy's start, or, if that is not known, from the beginning of the wait. `size_gb`:
  /// of the image, if it is known.
  explicit PollingPolicy(bool knows_start, std::optional<std::int64_t> size_gb = std::nullopt,
                         const PollingParameters& parameters = {});

  /// Notes what a poll at this age reported.
  void observe(const cloud::CopyStatus& status, Duration age);

  /// From a poll at this age to the next one. `failures`: in a row.
  [[nodiscard]] Duration pause(Duration age, int failures = 0) const;

 private:
  struct Point {
    Duration age{};
    int percent = 0;
  };

  [[nodiscard]] Duration pause_by_progress(Duration age) const;

  const PollingParameters parameters_;
  const Duration shortest_copy_;
  /// A copy that waits in the cloud's queue moves later, and then fast: it counts from its first progress.
  std::optional<Point> begin_;
  std::optional<Point> newest_;  // after `begin_`
  bool is_queued_ = false;       // when it was polled last
};

}  // namespace copy
