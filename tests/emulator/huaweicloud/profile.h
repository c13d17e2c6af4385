#pragma once

#include "tests/emulator/profile.h"

namespace emulator::huaweicloud {

const Profile& profile();

}  // namespace emulator::huaweicloud
