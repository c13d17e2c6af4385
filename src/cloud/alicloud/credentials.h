#pragma once

#include "src/cloud/credentials/chain.h"

namespace cloud::alicloud {

/// Searches for credentials in the order of the vendor's own tools (alicloud/API.md 2.4 to 2.6): the
/// configuration, the environment, OIDC, the command line tool's profile, the credentials file, the RAM role
/// of the instance, a credentials URI. The credentials found are used to assume a role if one is configured.
CredentialsResult find_credentials(const VendorSettings& settings, const HostEnvironment& host,
                                   const Dependencies& dependencies);

}  // namespace cloud::alicloud
