#include "tests/emulator/huaweicloud/test_client.h"

#include "src/cloud/huaweicloud/signature.h"

namespace emulator::huaweicloud {

http::Request signed_request(const TestEmulator& emulator, const std::string& region,
                             const std::string& method, const std::string& target, const json& body) {
  http::Request request = request_to(emulator, "/huaweicloud/" + region, method, target, body);
  cloud::huaweicloud::sign(request, emulator.credentials, emulator.clock.utc());
  return request;
}

ClientResponse call(const TestEmulator& emulator, const std::string& region, const std::string& method,
                    const std::string& target, const json& body) {
  return emulator.send(signed_request(emulator, region, method, target, body));
}

}  // namespace emulator::huaweicloud
