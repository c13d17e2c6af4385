#pragma once

#include <functional>
#include <optional>
#include <string>

#include "src/cloud/api_client.h"
#include "src/cloud/credentials/provider.h"
#include "src/cloud/endpoint.h"

/// Temporary keys of Alibaba Cloud (alicloud/API.md 2.4).
namespace cloud::alicloud {

inline constexpr std::string_view kEndpoint = "https://sts.aliyuncs.com";
inline constexpr std::string_view kMetadataEndpoint = "http://100.100.100.200";

struct Role {
  std::string arn;
  std::string session_name;
  std::string duration_seconds;  ///< empty: as the service decides
  std::string policy;            ///< may be empty
  std::string external_id;       ///< may be empty
};

RefreshingCredentials::Fetch assume_role(Dependencies services, const Endpoint& endpoint,
                                         const std::shared_ptr<CredentialsProvider>& base, const Role& role);

/// `read_token` is called for each fetch: whoever issued the token renews it.
RefreshingCredentials::Fetch assume_role_with_oidc(Dependencies services, Endpoint endpoint, const Role& role,
                                                   std::string provider_arn,
                                                   std::function<std::optional<std::string>()> read_token);

struct InstanceRole {
  std::string name;          ///< empty: the service is asked for it
  bool needs_token = false;  ///< whether the service's older mode, without a token, is ruled out
};

RefreshingCredentials::Fetch instance_role(Dependencies services, Endpoint endpoint, InstanceRole role);

/// A URL that answers with keys.
std::expected<RefreshingCredentials::Fetch, std::string> from_uri(Dependencies services,
                                                                  const std::string& uri);

}  // namespace cloud::alicloud
