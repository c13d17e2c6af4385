#pragma once

#include <memory>
#include <string>

#include "src/cloud/alicloud/client.h"
#include "src/cloud/baiducloud/client.h"
#include "src/cloud/huaweicloud/client.h"
#include "tests/cloud/emulator_transport.h"

namespace fakes {

/// The keys that the emulator knows on every cloud.
inline cloud::Credentials emulator_keys() {
  return {.access_key = "EMULATORACCESSKEY01", .secret_key = "emulator-secret-key-01"};
}

/// The client of the cloud of that name, led to an emulator.
inline std::unique_ptr<cloud::ImageCloud> emulated_cloud(const std::string& name,
                                                         const cloud::Credentials& credentials,
                                                         const cloud::Dependencies& services) {
  const auto endpoint = *cloud::Endpoint::parse("http://127.0.0.1/" + name + "/{region}");
  const auto keys = std::make_shared<cloud::StaticCredentials>(credentials);
  if (name == "alicloud") {
    return std::make_unique<cloud::alicloud::Client>(cloud::alicloud::ClientConfig{keys, endpoint}, services);
  }
  if (name == "baiducloud") {
    return std::make_unique<cloud::baiducloud::Client>(cloud::baiducloud::ClientConfig{keys, endpoint},
                                                       services);
  }
  return std::make_unique<cloud::huaweicloud::Client>(
      cloud::huaweicloud::ClientConfig{keys, nullptr, endpoint, endpoint}, services);
}

}  // namespace fakes
