#pragma once

#include "src/cloud/credentials/chain.h"
#include "src/cloud/endpoint.h"

namespace cloud::huaweicloud {

/// The keys or tokens of Huawei Cloud, in the order of the vendor's own provider (huaweicloud/API.md
/// 5.4): a ready-made token, an access key, a user's password, each from the configuration or else the
/// environment; the command line tool's profile; the instance's agency. An agency that is to be assumed is
/// assumed with what was found, in `region`.
CredentialsResult find_credentials(const CredentialsSettings& settings, const HostEnvironment& machine,
                                   const Endpoint& iam, const std::string& region, Dependencies services);

}  // namespace cloud::huaweicloud
