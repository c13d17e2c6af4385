#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "src/cloud/credentials/provider.h"
#include "src/cloud/credentials/token_source.h"
#include "src/cloud/endpoint.h"

namespace cloud::huaweicloud {

struct ClientConfig {
  std::shared_ptr<CredentialsProvider> credentials;
  std::shared_ptr<TokenSource> tokens;  ///< instead of an access key
  Endpoint endpoint;                    ///< IMS
  Endpoint iam_endpoint;                ///< IAM, for finding project IDs
  std::string region;                   ///< the region of the configured project; may be empty
  std::string project_name;             ///< empty for the region's own
  std::string project_id;               ///< if empty, read from IAM
  std::string enterprise_project_id;    ///< the default for copies within a region
};

/// The default endpoint of IMS (huaweicloud/API.md 1.1).
inline constexpr std::string_view kEndpoint = "https://ims.{region}.myhuaweicloud.com";

/// Europe (huaweicloud/API.md 1.5).
inline constexpr std::array kIrregularHosts = {
    IrregularHost{.region = "eu-west-1*", .host = "ims.{region}.myhuaweicloud.eu"},
};

}  // namespace cloud::huaweicloud
