#pragma once

#include <chrono>

namespace copy {

/// How long to wait between two looks at a copy: a quarter of its age, so that short copies are noticed at
/// once and long ones cost few calls; failed looks double the pause each time.
class PollSchedule {
 public:
  static constexpr std::chrono::milliseconds kShortest{1000};
  static constexpr std::chrono::milliseconds kLongest{15000};
  static constexpr std::chrono::milliseconds kLongestAfterFailures{60000};

  /// `age`: since the copy was started, or since it was first looked at.
  [[nodiscard]] std::chrono::milliseconds pause(std::chrono::milliseconds age, int failures_in_a_row) const;
};

}  // namespace copy
