#pragma once

#include "tests/emulator/parts.h"
#include "tests/emulator/routing.h"

namespace emulator {

/// Handles requests to the control API under `/_emulator/`, by which tests inspect and change the clouds.
http::Response handle_control(const RawRequest& request, Parts& parts);

}  // namespace emulator
