#pragma once

#include <set>
#include <string>

#include "tests/emulator/image.h"

namespace emulator {

/// The regions that the references list for a cloud (alibaba-ecs 1.1, baidu-bcc 1.2, huaweicloud-ims 1.2).
std::set<std::string> listed_regions(Cloud cloud);

}  // namespace emulator
