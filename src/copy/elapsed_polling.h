#pragma once

#include <chrono>

namespace copy {

/// A pause after so many failures in a row: each doubles it, up to a minute.
std::chrono::milliseconds after_failures(std::chrono::milliseconds usual, int failures_in_a_row);

/// How long to pause before asking again for what tells no progress, such as a free place or the end of a
/// removal: a quarter of the time waited so far, so that a short wait ends at once and a long one costs few
/// calls.
class ElapsedPolling {
 public:
  static constexpr std::chrono::milliseconds kMin{1000};
  static constexpr std::chrono::milliseconds kMax{15000};

  /// `age`: since the wait began.
  [[nodiscard]] std::chrono::milliseconds pause(std::chrono::milliseconds age, int failures_in_a_row) const;
};

}  // namespace copy
