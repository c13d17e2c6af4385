#pragma once

#include "tests/bench/figures.h"
#include "tests/bench/setting.h"

namespace bench {

/// Measures one `terraform apply` whose creates all wait at the same time: the memory of the provider, and
/// the effect of an interrupt.
void measure_waiting(const Setting& setting, Figures& figures);

}  // namespace bench
