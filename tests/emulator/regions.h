#pragma once

#include <set>
#include <string>

#include "tests/emulator/image.h"

namespace emulator {

/// The documented regions of a cloud (alicloud/API.md 1.1, baiducloud/API.md 1.2, huaweicloud/API.md 1.2).
std::set<std::string> listed_regions(Cloud cloud);

}  // namespace emulator
