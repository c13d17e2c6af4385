#pragma once

#include <string>
#include <string_view>

#include "src/cloud/credentials/chain.h"
#include "src/cloud/endpoint.h"
#include "tf/value.h"

namespace provider {

/// The keys of one cloud: from its block of the provider configuration, else from where the vendor's own
/// tools look. `block` may be null. The default region, where nobody else names one, comes with them; empty
/// if there is none. The error says which places were looked at, in order.
cloud::CredentialsResult find_credentials(std::string_view cloud, const tf::Value& block,
                                          const cloud::HostEnvironment& machine,
                                          const cloud::Dependencies& services);

/// Where Huawei's IAM is: configured, or as `HW_AUTH_URL` says, or in the region itself.
cloud::Endpoint iam_endpoint(const tf::Value& block, const cloud::HostEnvironment& machine);

}  // namespace provider
