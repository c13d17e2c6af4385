#pragma once

#include "tests/bench/figures.h"
#include "tests/bench/setting.h"

namespace bench {

/// Measures long copies on a simulated clock: how many calls one copy and many concurrent copies take, how
/// soon their end is noticed, and the same while the cloud throttles calls.
void measure_simulation(const Setting& setting, Figures& figures);

}  // namespace bench
