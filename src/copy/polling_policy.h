#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "src/cloud/image_cloud.h"

namespace copy {

/// How often to look at one copy. While nothing is known of its progress: first when an image of its size may
/// be done at the earliest, then after a time that doubles, soon every fifteen seconds, and after ten minutes
/// every fortieth part of its age. From its progress on: after most of the time that it takes at least by the
/// pace seen so far, so that an hour costs some twenty looks; and at the end every twelve seconds at the
/// latest, so that the end is noticed in fifteen.
class PollingPolicy {
 public:
  using Duration = std::chrono::milliseconds;

  static constexpr Duration kMin{1000};
  static constexpr Duration kMaxBlind{15000};
  static constexpr Duration kMaxNearEnd{12000};

  /// Ages count from the copy's start, or, if that is not known, from when it was first waited for.
  /// `size_gb`: of the image, if it is known.
  explicit PollingPolicy(bool knows_start, std::optional<std::int64_t> size_gb = std::nullopt);

  /// A look at this age told this.
  void saw(const cloud::CopyStatus& view, Duration age);

  /// From a look at this age to the next one. Failed looks double it each time.
  [[nodiscard]] Duration pause(Duration age, int failures_in_a_row) const;

 private:
  struct Point {
    Duration age{};
    int percent = 0;
  };

  const Duration shortest_blind_;
  /// A copy that waits in the cloud's queue moves later, and then fast: it counts from its first progress.
  std::optional<Point> begin_;
  std::optional<Point> newest_;  // behind `begin_`
};

}  // namespace copy
