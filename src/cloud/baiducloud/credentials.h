#pragma once

#include "src/cloud/credentials/chain.h"

namespace cloud::baiducloud {

inline constexpr std::string_view kStsEndpoint = "https://sts.bj.baidubce.com";

/// Searches for credentials in the order of the vendor's own tools (baiducloud/API.md 2.10): the
/// configuration, the environment, the command line tool's profile. The credentials found are used to assume
/// a role if one is configured. Credentials of the instance are not documented.
CredentialsResult find_credentials(const VendorSettings& settings, const HostEnvironment& host,
                                   const Dependencies& dependencies);

}  // namespace cloud::baiducloud
