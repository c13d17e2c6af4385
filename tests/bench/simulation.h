#pragma once

#include "tests/bench/figures.h"
#include "tests/bench/setting.h"

namespace bench {

/// Long copies by a clock that skips what is only waited for: how many calls one costs, and many at once, how
/// soon the end is noticed, and the same while the cloud refuses calls as too many.
void measure_simulation(const Setting& setting, Figures& figures);

}  // namespace bench
