#pragma once

#include "tests/bench/figures.h"
#include "tests/bench/setting.h"

namespace bench {

/// The life of one, some and many copies under the real Terraform: calls and time of each command, and the
/// time beside that of as many `terraform_data`.
void measure_scaling(const Setting& setting, Figures& figures);

}  // namespace bench
