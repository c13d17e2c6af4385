#include "src/copy/credentials.h"

#include <array>
#include <stdexcept>

#include "src/cloud/cloud.h"

namespace copy {
namespace {

/// Each vendor's own names (references alibaba-ecs 2.5, baidu-bcc 2.10, huaweicloud-ims 5.4).
struct Variables {
  std::string_view cloud;
  std::string_view display_name;
  const char* access_key;
  const char* secret_key;
  const char* security_token;
  const char* region;
};

constexpr std::array kVariables = {
    Variables{"alicloud", "Alibaba Cloud", "ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET",
              "ALIBABA_CLOUD_SECURITY_TOKEN", "ALIBABA_CLOUD_REGION"},
    Variables{"baiducloud", "Baidu AI Cloud", "BAIDUCLOUD_ACCESS_KEY", "BAIDUCLOUD_SECRET_KEY",
              "BAIDUCLOUD_SESSION_TOKEN", "BAIDUCLOUD_REGION"},
    Variables{"huaweicloud", "Huawei Cloud", "HW_ACCESS_KEY", "HW_SECRET_KEY", "HW_SECURITY_TOKEN",
              "HW_REGION_NAME"},
};

const Variables& variables_of(std::string_view cloud) {
  for (const Variables& variables : kVariables) {
    if (variables.cloud == cloud) return variables;
  }
  throw std::logic_error("no cloud of that name");
}

std::string text_of(const tf::Value& block, std::string_view name) {
  return block[name].text().value_or("");
}

std::string missing(const Variables& variables, std::string_view half) {
  const std::string cloud(variables.cloud);
  return "No credentials for " + std::string(variables.display_name) + " were found" + std::string(half) +
         ". Looked at, in this order:\n  1. " + cloud + ".access_key and " + cloud +
         ".secret_key in the provider configuration\n  2. the environment variables " + variables.access_key +
         " and " + variables.secret_key + "\n\nSet one of these pairs.";
}

}  // namespace

std::expected<sign::Credentials, std::string> find_credentials(std::string_view cloud, const tf::Value& block,
                                                               const Environment& environment) {
  const Variables& variables = variables_of(cloud);
  sign::Credentials credentials{.access_key = text_of(block, "access_key"),
                                .secret_key = text_of(block, "secret_key"),
                                .security_token = text_of(block, "security_token")};
  if (credentials.access_key.empty() != credentials.secret_key.empty()) {
    return std::unexpected(missing(variables, ": the provider configuration has half of a key pair only"));
  }
  if (!credentials.access_key.empty()) return credentials;
  credentials = {.access_key = environment(variables.access_key).value_or(""),
                 .secret_key = environment(variables.secret_key).value_or(""),
                 .security_token = environment(variables.security_token).value_or("")};
  if (credentials.access_key.empty() || credentials.secret_key.empty()) {
    return std::unexpected(missing(variables, ""));
  }
  return credentials;
}

std::string find_region(std::string_view cloud, const tf::Value& block, const Environment& environment) {
  const std::string configured = text_of(block, "region");
  return configured.empty() ? environment(variables_of(cloud).region).value_or("") : configured;
}

}  // namespace copy
