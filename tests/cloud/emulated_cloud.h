#pragma once

#include <memory>
#include <string>

#include "src/cloud/alicloud/client.h"
#include "src/cloud/baiducloud/client.h"
#include "src/cloud/huaweicloud/client.h"
#include "tests/cloud/emulator_transport.h"

namespace fakes {

/// The keys that the emulator knows on every cloud.
inline sign::Credentials emulator_keys() {
  return {.access_key = "EMULATORACCESSKEY01", .secret_key = "emulator-secret-key-01"};
}

/// The client of the cloud of that name, led to an emulator.
inline std::unique_ptr<cloud::ImageCloud> emulated_cloud(const std::string& name,
                                                         const sign::Credentials& credentials,
                                                         const cloud::Services& services) {
  const auto endpoint = *cloud::Endpoint::parse("http://127.0.0.1/" + name + "/{region}");
  const auto keys = std::make_shared<cloud::FixedKeys>(credentials);
  if (name == "alicloud") {
    return std::make_unique<cloud::Alicloud>(cloud::AlicloudConfig{keys, endpoint}, services);
  }
  if (name == "baiducloud") {
    return std::make_unique<cloud::Baiducloud>(cloud::BaiducloudConfig{keys, endpoint}, services);
  }
  return std::make_unique<cloud::Huaweicloud>(cloud::HuaweicloudConfig{keys, nullptr, endpoint, endpoint},
                                              services);
}

}  // namespace fakes
