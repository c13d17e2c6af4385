#pragma once

#include "src/cloud/credentials/chain.h"
#include "src/cloud/endpoint.h"

namespace cloud::huaweicloud {

/// Searches for credentials in the order of the vendor's own provider (huaweicloud/API.md 2.5, 5.4): a token,
/// an access key, a user's password, first in the configuration and then in the environment; the command line
/// tool's profile; the agency of the instance. The credentials found are used to assume an agency if one is
/// configured, in the region of the settings.
CredentialsResult find_credentials(const VendorSettings& settings, const HostEnvironment& host,
                                   const Dependencies& dependencies);

/// The endpoint of IAM: the configured one, else `HW_AUTH_URL`, else the default (huaweicloud/API.md 1.1).
Endpoint iam_endpoint(const VendorSettings& settings, const HostEnvironment& host);

}  // namespace cloud::huaweicloud
