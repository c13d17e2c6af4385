#pragma once

#include "tests/bench/figures.h"
#include "tests/bench/setting.h"

namespace bench {

/// Measures the provider when it is started as Terraform does: the size of the program, the time from exec to
/// the handshake line, and the memory that it uses then.
void measure_startup(const Setting& setting, Figures& figures);

}  // namespace bench
