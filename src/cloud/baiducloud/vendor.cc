#include "src/cloud/baiducloud/vendor.h"

#include <array>

#include "src/cloud/baiducloud/client.h"
#include "src/cloud/baiducloud/credentials.h"
#include "src/cloud/baiducloud/rules.h"

namespace cloud::baiducloud {
namespace {

/// The name in the vendor's provider, then that in its command line tool (baiducloud/API.md 2.10).
constexpr std::array kRegionVariables = {"BAIDUCLOUD_REGION", "BCE_REGION"};

/// The names in the vendor's provider, then those in its command line tool (baiducloud/API.md 2.10).
constexpr std::array kKeyPairVariables = {KeyPairVariables{.access_key = "BAIDUCLOUD_ACCESS_KEY",
                                                           .secret_key = "BAIDUCLOUD_SECRET_KEY",
                                                           .security_token = "BAIDUCLOUD_SESSION_TOKEN"},
                                          KeyPairVariables{.access_key = "BCE_ACCESS_KEY_ID",
                                                           .secret_key = "BCE_SECRET_ACCESS_KEY",
                                                           .security_token = "BCE_SECURITY_TOKEN"}};

/// The session token of temporary credentials (baiducloud/API.md 2.5).
constexpr std::array<std::string_view, 1> kSecretHeaders = {"x-bce-security-token"};

std::unique_ptr<ImageCloud> make_client(const VendorSettings& settings, const FoundCredentials& found,
                                        const HostEnvironment& /*host*/, const Dependencies& dependencies) {
  return std::make_unique<Client>(ClientConfig{.credentials = found.credentials,
                                               .endpoint = endpoint_setting(settings, "endpoint", kEndpoint)},
                                  dependencies);
}

}  // namespace

const Vendor& vendor() {
  static const Vendor kVendor = {.name = "baiducloud",
                                 .display_name = "Baidu AI Cloud",
                                 .traits = {.names_unique = true, .batch_threshold = 2},
                                 // baiducloud/API.md 3.13 gives no limit; that of the others.
                                 .max_running_copies = 5,
                                 .endpoint = kEndpoint,
                                 .example_image_id = "gz/m-4Tq9ZsLa",
                                 .service = "BCC",
                                 .profile_file = "~/.bce/config.json",
                                 .region_variables = kRegionVariables,
                                 .key_pair_variables = kKeyPairVariables,
                                 .secrets = {.headers = kSecretHeaders, .parameters = {}, .members = {}},
                                 .request_id_header = "x-bce-request-id",  // baiducloud/API.md 1.4
                                 .request_id_member = "",
                                 .retry_after_ms_header = "",
                                 .find_credentials = find_credentials,
                                 .make_client = make_client,
                                 .check_copy = check_copy,
                                 .check_source = check_source};
  return kVendor;
}

}  // namespace cloud::baiducloud
