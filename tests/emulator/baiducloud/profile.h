#pragma once

#include "tests/emulator/profile.h"

namespace emulator::baiducloud {

const Profile& profile();

}  // namespace emulator::baiducloud
