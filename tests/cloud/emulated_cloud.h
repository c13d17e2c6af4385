#pragma once

#include <memory>
#include <string>

#include "src/cloud/vendors.h"
#include "tests/cloud/emulator_transport.h"

namespace fakes {

/// The keys that the emulator knows on every cloud.
inline cloud::Credentials emulator_keys() {
  return {.access_key = "EMULATORACCESSKEY01", .secret_key = "emulator-secret-key-01"};
}

/// A configuration that leads to the emulator's services of one vendor.
inline cloud::VendorSettings emulator_settings(const cloud::Vendor& vendor) {
  const std::string endpoint = "http://127.0.0.1/" + std::string(vendor.name) + "/{region}";
  return {{"endpoint", endpoint}, {"iam_endpoint", endpoint}};
}

/// A machine that holds no credentials.
inline cloud::HostEnvironment empty_host() {
  return {.environment = [](const char*) { return std::nullopt; },
          .read_file = [](const std::string&) { return std::nullopt; }};
}

/// A client of the vendor of that name, led to the emulator.
inline std::unique_ptr<cloud::ImageCloud> emulated_cloud(const std::string& name,
                                                         const cloud::Credentials& credentials,
                                                         const cloud::Dependencies& services) {
  const cloud::Vendor& vendor = *cloud::find_vendor(name);
  return vendor.make_client(emulator_settings(vendor),
                            {.keys = std::make_shared<cloud::StaticCredentials>(credentials)}, empty_host(),
                            services);
}

}  // namespace fakes
