#include "src/copy/elapsed_polling.h"

#include <algorithm>

namespace copy {

using std::chrono::milliseconds;

milliseconds after_failures(milliseconds usual, int failures_in_a_row) {
  constexpr milliseconds kMax{60000};
  if (failures_in_a_row == 0) return usual;
  return std::min(std::max(usual, kMax), milliseconds(usual.count() << std::min(failures_in_a_row, 10)));
}

milliseconds ElapsedPolling::pause(milliseconds age, int failures_in_a_row) const {
  return after_failures(std::clamp(age / 4, kMin, kMax), failures_in_a_row);
}

}  // namespace copy
