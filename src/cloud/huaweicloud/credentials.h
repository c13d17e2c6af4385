#pragma once

#include "src/cloud/credentials/chain.h"
#include "src/cloud/endpoint.h"

namespace cloud::huaweicloud {

/// The keys or tokens of Huawei Cloud, in the order of the vendor's own provider
/// (huaweicloud/API.md 2.5, 5.4): a ready-made token, an access key, a user's password, each from the
/// configuration or else the environment; the command line tool's profile; the instance's agency. An agency
/// that is to be assumed is assumed with what was found, in the region of the settings.
CredentialsResult find_credentials(const VendorSettings& settings, const HostEnvironment& machine,
                                   const Dependencies& services);

/// Where IAM is: as configured, or as `HW_AUTH_URL` says, or in the region itself (huaweicloud/API.md 1.1).
Endpoint iam_endpoint(const VendorSettings& settings, const HostEnvironment& machine);

}  // namespace cloud::huaweicloud
