#include "src/cloud/alicloud/vendor.h"

#include <array>

#include "src/cloud/alicloud/client.h"
#include "src/cloud/alicloud/credentials.h"
#include "src/cloud/alicloud/rules.h"

namespace cloud::alicloud {
namespace {

/// The vendor's provider still reads the older name (alicloud/API.md 2.5).
constexpr std::array kRegionVariables = {"ALIBABA_CLOUD_REGION", "ALICLOUD_REGION"};

/// The vendor's provider still reads the older names (alicloud/API.md 2.4, 2.5).
constexpr std::array kKeyPairVariables = {KeyPairVariables{.access_key = "ALIBABA_CLOUD_ACCESS_KEY_ID",
                                                           .secret_key = "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
                                                           .security_token = "ALIBABA_CLOUD_SECURITY_TOKEN"},
                                          KeyPairVariables{.access_key = "ALICLOUD_ACCESS_KEY",
                                                           .secret_key = "ALICLOUD_SECRET_KEY",
                                                           .security_token = "ALICLOUD_SECURITY_TOKEN"}};

constexpr std::array kSettingVariables = {
    SettingVariables{.setting = "assume_role.role_arn",
                     .variable = "ALIBABA_CLOUD_ROLE_ARN",
                     .older_variable = "ALICLOUD_ASSUME_ROLE_ARN"},
    SettingVariables{.setting = "assume_role.session_name",
                     .variable = "ALIBABA_CLOUD_ROLE_SESSION_NAME",
                     .older_variable = "ALICLOUD_ASSUME_ROLE_SESSION_NAME"}};

/// alicloud/API.md 2.2, and 2.4 for the metadata service.
constexpr std::array<std::string_view, 2> kSecretHeaders = {"x-acs-security-token",
                                                            "x-aliyun-ecs-metadata-token"};

/// The session token and the token of OIDC (alicloud/API.md 2.1, 2.4).
constexpr std::array<std::string_view, 3> kSecretParameters = {"SecurityToken", "OIDCToken", "OidcToken"};

std::unique_ptr<ImageCloud> make_client(const VendorSettings& settings, const FoundCredentials& found,
                                        const HostEnvironment& /*host*/, const Dependencies& dependencies) {
  return std::make_unique<Client>(
      ClientConfig{.credentials = found.credentials,
                   .endpoint = endpoint_setting(settings, "endpoint", kEndpoint, kIrregularHosts)},
      dependencies);
}

}  // namespace

const Vendor& vendor() {
  static const Vendor kVendor = {
      .name = "alicloud",
      .display_name = "Alibaba Cloud",
      .traits = {.description = DescriptionSupport::replaceable,  // alicloud/API.md 3.5
                 .stores_copy_key = true,                         // as a tag (alicloud/API.md 3.1)
                 .names_unique = true,                            // alicloud/API.md 3.1
                 .tags_with_copy = true,                          // alicloud/API.md 3.1
                 .reports_tags = true,                            // alicloud/API.md 3.3
                 .batch_threshold = 2},
      .deletes_in_use = true,   // `Force` (alicloud/API.md 3.4)
      .keeps_snapshots = true,  // alicloud/API.md 3.9
      .max_running_copies = 5,  // alicloud/API.md 3.10
      .endpoint = kEndpoint,
      .example_image_id = "cn-shanghai/m-uf6example",
      .service = "ECS",
      .profile_file = "~/.aliyun/config.json",
      .region_variables = kRegionVariables,
      .key_pair_variables = kKeyPairVariables,
      .setting_variables = kSettingVariables,
      .secrets = {.headers = kSecretHeaders, .parameters = kSecretParameters, .members = {}},
      .request_id_header = "x-acs-request-id",
      .request_id_member = "RequestId",              // alicloud/API.md 1
      .retry_after_ms_header = "x-acs-retry-after",  // alicloud/API.md 2.7
      .find_credentials = find_credentials,
      .make_client = make_client,
      .check_copy = check_copy,
      .check_source = check_source};
  return kVendor;
}

}  // namespace cloud::alicloud
