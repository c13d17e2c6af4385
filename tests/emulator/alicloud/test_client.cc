#include "tests/emulator/alicloud/test_client.h"

#include "src/cloud/alicloud/signature.h"
#include "src/core/random.h"

namespace emulator::alicloud {

http::Request signed_request(const TestEmulator& emulator, const std::string& region,
                             const std::string& action, const Parameters& parameters) {
  http::Request request = {
      .method = "POST", .scheme = "http", .host = emulator.host(), .path = "/alicloud/" + region + "/"};
  request.query = {{.name = "RegionId", .value = region}};
  for (const auto& [name, value] : parameters) request.query.push_back({.name = name, .value = value});
  request.headers = {{.name = "x-acs-action", .value = action},
                     {.name = "x-acs-version", .value = "2014-05-26"}};
  cloud::alicloud::sign(request, emulator.credentials, emulator.clock.utc(), core::random_uuid());
  return request;
}

ClientResponse call(const TestEmulator& emulator, const std::string& region, const std::string& action,
                    const Parameters& parameters) {
  return emulator.send(signed_request(emulator, region, action, parameters));
}

}  // namespace emulator::alicloud
