#pragma once

#include "tests/emulator/parts.h"
#include "tests/emulator/routing.h"

namespace emulator {

/// Answers what comes under `/_emulator/`: how tests and people see and change what the clouds hold.
http::Response answer_control(const RawRequest& request, Parts& parts);

}  // namespace emulator
