#pragma once

#include "src/cloud/credentials/chain.h"

namespace cloud::baiducloud {

/// The keys of Baidu AI Cloud, in the order of the vendor's own tools (baiducloud/API.md 2.10): the
/// configuration, the environment, the command line tool's profile. A role that is to be assumed is assumed
/// with what was found. No way to an instance's own role is documented.
CredentialsResult find_credentials(const VendorSettings& settings, const HostEnvironment& machine,
                                   const Dependencies& services);

}  // namespace cloud::baiducloud
