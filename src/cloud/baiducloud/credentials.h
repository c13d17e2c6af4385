#pragma once

#include "src/cloud/credentials/chain.h"

namespace cloud::baiducloud {

inline constexpr std::string_view kStsEndpoint = "https://sts.bj.baidubce.com";

/// Searches for credentials where the vendor's tools keep them (baiducloud/API.md 2.11), in the usual order
/// of Terraform providers: the configuration, the environment, the command line tool's profile. The
/// credentials found are used to assume a role if one is configured (baiducloud/API.md 2.5).
CredentialsResult find_credentials(const VendorSettings& settings, const HostEnvironment& host,
                                   const Dependencies& dependencies);

}  // namespace cloud::baiducloud
