#pragma once

#include <memory>
#include <string>

#include "src/cloud/vendors.h"
#include "tests/cloud/emulator_transport.h"

namespace fakes {

/// Credentials that the emulator accepts on every cloud.
inline cloud::Credentials emulator_credentials() {
  return {.access_key = "EMULATORACCESSKEY01", .secret_key = "emulator-secret-key-01"};
}

/// A configuration with the emulator's endpoints for one vendor.
inline cloud::VendorSettings emulator_settings(const cloud::Vendor& vendor) {
  const std::string endpoint = "http://127.0.0.1/" + std::string(vendor.name) + "/{region}";
  return {{"endpoint", endpoint}, {"iam_endpoint", endpoint}};
}

/// A host without any credentials.
inline cloud::HostEnvironment empty_host() {
  return {
      .environment = [](const char*) { return std::nullopt; },
      .read_file = [](const std::string&) -> core::FileResult { return std::unexpected("does not exist"); }};
}

/// A client for the emulator's services of the vendor of that name.
inline std::unique_ptr<cloud::ImageCloud> emulated_cloud(const std::string& name,
                                                         const cloud::Credentials& credentials,
                                                         const cloud::Dependencies& dependencies) {
  const cloud::Vendor& vendor = *cloud::find_vendor(name);
  return vendor.make_client(
      emulator_settings(vendor),
      {.credentials = std::make_shared<cloud::StaticCredentials>(credentials, "the test")}, empty_host(),
      dependencies);
}

}  // namespace fakes
