#include "src/cloud/huaweicloud/vendor.h"

#include <array>

#include "src/cloud/huaweicloud/client.h"
#include "src/cloud/huaweicloud/credentials.h"
#include "src/cloud/huaweicloud/rules.h"

namespace cloud::huaweicloud {
namespace {

/// As the vendor's own provider reads it (huaweicloud/API.md 5.4).
constexpr std::array kRegionVariables = {"HW_REGION_NAME"};

/// As the vendor's own provider reads them (huaweicloud/API.md 2.5, 5.4).
constexpr std::array kKeyPairVariables = {KeyPairVariables{
    .access_key = "HW_ACCESS_KEY", .secret_key = "HW_SECRET_KEY", .security_token = "HW_SECURITY_TOKEN"}};

/// Those of the vendor's own provider, and of its SDK (huaweicloud/API.md 2.5, 5.4).
constexpr std::array kSettingVariables = {
    SettingVariables{.setting = "auth_token", .variable = "HW_AUTH_TOKEN"},
    SettingVariables{.setting = "user_name", .variable = "HW_USER_NAME"},
    SettingVariables{.setting = "password", .variable = "HW_USER_PASSWORD"},
    SettingVariables{.setting = "domain_name", .variable = "HW_DOMAIN_NAME"},
    SettingVariables{.setting = "project_name", .variable = "HW_PROJECT_NAME"},
    SettingVariables{.setting = "project_id", .variable = "HW_PROJECT_ID"},
    SettingVariables{.setting = "enterprise_project_id", .variable = "HW_ENTERPRISE_PROJECT_ID"},
    SettingVariables{.setting = "iam_endpoint", .variable = "HW_AUTH_URL"},
    SettingVariables{.setting = "assume_role.agency_name", .variable = "HW_ASSUME_ROLE_AGENCY_NAME"},
    SettingVariables{.setting = "assume_role.domain_name", .variable = "HW_ASSUME_ROLE_DOMAIN_NAME"},
    SettingVariables{.setting = "assume_role.duration", .variable = "HW_ASSUME_ROLE_DURATION"}};

/// The tokens of temporary credentials and of IAM (huaweicloud/API.md 2.1, 2.2).
constexpr std::array<std::string_view, 3> kSecretHeaders = {"X-Security-Token", "X-Auth-Token",
                                                            "X-Subject-Token"};

/// In calls to IAM (huaweicloud/API.md 2.2, 2.3). `token.id`: of a token that is exchanged for another one.
constexpr std::array<std::string_view, 5> kSecretMembers = {"password", "secret", "secret_key",
                                                            "security_token", "token.id"};

/// A listing shows many copies, but not their progress, so it must be read more often than a job: some
/// hundred times in an hour, where a job is read some fifteen times.
constexpr std::size_t kBatchThreshold = 8;

std::unique_ptr<ImageCloud> make_client(const VendorSettings& settings, const FoundCredentials& found,
                                        const HostEnvironment& host, const Dependencies& dependencies) {
  const auto set = [&](std::string_view name) {
    return setting_or_environment(vendor(), settings, name, host);
  };
  return std::make_unique<Client>(
      ClientConfig{.credentials = found.credentials,
                   .tokens = found.tokens,
                   .endpoint = endpoint_setting(settings, "endpoint", kEndpoint, kIrregularHosts),
                   .iam_endpoint = iam_endpoint(settings, host),
                   .region = found.region,
                   .project_name = set("project_name"),
                   .project_id = set("project_id"),
                   .enterprise_project_id = set("enterprise_project_id")},
      dependencies);
}

}  // namespace

const Vendor& vendor() {
  static const Vendor kVendor = {
      .name = "huaweicloud",
      .display_name = "Huawei Cloud",
      .traits = {.description = DescriptionSupport::removable,  // huaweicloud/API.md 3.7
                 .reports_source = true,                        // huaweicloud/API.md 3.5
                 .reports_tags = true,                          // huaweicloud/API.md 3.8
                 .batch_threshold = kBatchThreshold,
                 .describes_in_source_region = true},  // by the job (huaweicloud/API.md 3.3)
      .has_jobs = true,                                // huaweicloud/API.md 3.3
      .max_running_copies = 5,                         // huaweicloud/API.md 4.1
      .encrypts_by_key = true,                         // huaweicloud/API.md 3.1
      .endpoint = kEndpoint,
      .example_image_id = "cn-south-1/7d0c3f52-1a8e-4b6d-9c47-2e5f8a9b0c1d",
      .service = "IMS",
      .profile_file = "~/.hcloud/config.json",
      .region_variables = kRegionVariables,
      .key_pair_variables = kKeyPairVariables,
      .setting_variables = kSettingVariables,
      .secrets = {.headers = kSecretHeaders, .parameters = {}, .members = kSecretMembers},
      .request_id_header = "X-Request-Id",
      .request_id_member = "",
      .retry_after_ms_header = "",
      .find_credentials = find_credentials,
      .make_client = make_client,
      .check_copy = check_copy,
      .check_source = check_source};
  return kVendor;
}

}  // namespace cloud::huaweicloud
