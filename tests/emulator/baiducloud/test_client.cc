#include "tests/emulator/baiducloud/test_client.h"

#include "src/cloud/baiducloud/signature.h"

namespace emulator::baiducloud {

http::Request signed_request(const TestEmulator& emulator, const std::string& region,
                             const std::string& method, const std::string& target, const json& body) {
  http::Request request = request_to(emulator, "/baiducloud/" + region, method, target, body);
  cloud::baiducloud::sign(request, emulator.credentials, emulator.clock.utc());
  return request;
}

ClientResponse call(const TestEmulator& emulator, const std::string& region, const std::string& method,
                    const std::string& target, const json& body) {
  return emulator.send(signed_request(emulator, region, method, target, body));
}

}  // namespace emulator::baiducloud
