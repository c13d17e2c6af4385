#pragma once

#include <string>

#include "tests/emulator/baiducloud/call.h"

namespace emulator::baiducloud {

/// Who signed the request: checks 2 to 7 of baiducloud/API.md 6.2, in that order.
Result<AccessKey> verify(const Request& request, const Scene& scene);

/// The access key that the request names, whether or not it is true.
std::string claimed_access_key(const Request& request);

}  // namespace emulator::baiducloud
