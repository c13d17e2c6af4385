#pragma once

#include "tests/bench/figures.h"
#include "tests/bench/setting.h"

namespace bench {

/// One `terraform apply` whose creates all wait at once: how much memory the provider holds then, and what
/// comes of it when the user interrupts.
void measure_waiting(const Setting& setting, Figures& figures);

}  // namespace bench
