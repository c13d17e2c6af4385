#pragma once

#include "tests/emulator/test_support.h"

namespace emulator::alicloud {

/// A POST request with a V3 signature, and with `RegionId` and all parameters in the query.
http::Request signed_request(const TestEmulator& emulator, const std::string& region,
                             const std::string& action, const Parameters& parameters = {});
ClientResponse call(const TestEmulator& emulator, const std::string& region, const std::string& action,
                    const Parameters& parameters = {});

}  // namespace emulator::alicloud
