#pragma once

#include "tests/bench/figures.h"
#include "tests/bench/setting.h"

namespace bench {

/// The provider alone, started as Terraform does it: how large the program is, how long from exec to the
/// handshake line, how much memory it holds then.
void measure_startup(const Setting& setting, Figures& figures);

}  // namespace bench
