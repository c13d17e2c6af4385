#pragma once

#include "tests/emulator/test_support.h"

namespace emulator::huaweicloud {

http::Request signed_request(const TestEmulator& emulator, const std::string& region,
                             const std::string& method, const std::string& target,
                             const json& body = nullptr);
ClientResponse call(const TestEmulator& emulator, const std::string& region, const std::string& method,
                    const std::string& target, const json& body = nullptr);

}  // namespace emulator::huaweicloud
