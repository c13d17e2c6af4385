#pragma once

#include "tests/bench/figures.h"
#include "tests/bench/setting.h"

namespace bench {

/// Measures the commands of the real Terraform with one, some and many copies: calls, time, and the time
/// compared to that of as many `terraform_data`.
void measure_scaling(const Setting& setting, Figures& figures);

}  // namespace bench
