#pragma once

#include <string>

#include "tests/emulator/baiducloud/call.h"

namespace emulator::baiducloud {

/// Authenticates a request by checks 2 to 7 of baiducloud/API.md 6.2, in that order.
Result<AccessKey> verify(const Request& request, const Environment& environment);

/// Returns the access key that the request names, without verification.
std::string claimed_access_key(const Request& request);

}  // namespace emulator::baiducloud
