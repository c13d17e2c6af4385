#pragma once

#include "src/cloud/credentials/chain.h"

namespace cloud::alicloud {

/// The keys of Alibaba Cloud, in the order of the vendor's own tools (alicloud/API.md 2.4 to 2.6): the
/// configuration, the environment, OIDC, the command line tool's profile, the credentials file, the
/// instance's role, a credentials URI. A role that is to be assumed is assumed with what was found.
CredentialsResult find_credentials(const VendorSettings& settings, const HostEnvironment& machine,
                                   const Dependencies& services);

}  // namespace cloud::alicloud
