#include "src/copy/poll_schedule.h"

#include <algorithm>

namespace copy {

using std::chrono::milliseconds;

milliseconds PollSchedule::pause(milliseconds age, int failures_in_a_row) const {
  const milliseconds usual = std::clamp(age / 4, kShortest, kLongest);
  if (failures_in_a_row == 0) return usual;
  return std::min(kLongestAfterFailures, milliseconds(usual.count() << std::min(failures_in_a_row, 10)));
}

}  // namespace copy
