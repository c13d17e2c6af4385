#pragma once

#include <functional>
#include <optional>
#include <string>

#include "src/cloud/api_client.h"
#include "src/cloud/credentials/provider.h"
#include "src/cloud/endpoint.h"
#include "src/core/file.h"

/// Temporary credentials of Alibaba Cloud (alicloud/API.md 2.4).
namespace cloud::alicloud {

inline constexpr std::string_view kStsEndpoint = "https://sts.aliyuncs.com";
inline constexpr std::string_view kMetadataEndpoint = "http://100.100.100.200";

struct Role {
  std::string arn;
  std::string session_name;
  std::string duration_seconds;  ///< empty for the service's default
  std::string policy;            ///< may be empty
  std::string external_id;       ///< may be empty
};

RefreshingCredentials::Fetch assume_role(Dependencies dependencies, const Endpoint& endpoint,
                                         const std::shared_ptr<CredentialsProvider>& base, const Role& role);

/// `read_token`: called for each fetch, because the issuer of the token renews it.
RefreshingCredentials::Fetch assume_role_with_oidc(Dependencies dependencies, Endpoint endpoint,
                                                   const Role& role, std::string provider_arn,
                                                   std::function<core::FileResult()> read_token);

struct InstanceRole {
  std::string name;          ///< if empty, read from the metadata service
  bool needs_token = false;  ///< whether the older mode of the metadata service, without tokens, is disabled
};

RefreshingCredentials::Fetch instance_role(Dependencies dependencies, Endpoint endpoint, InstanceRole role);

/// Gets credentials from a URL. The error says what the URL must be.
std::expected<RefreshingCredentials::Fetch, std::string> from_uri(Dependencies dependencies,
                                                                  const std::string& uri);

}  // namespace cloud::alicloud
