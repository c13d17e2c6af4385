#pragma once

#include "tests/emulator/profile.h"

namespace emulator::alicloud {

const Profile& profile();

}  // namespace emulator::alicloud
