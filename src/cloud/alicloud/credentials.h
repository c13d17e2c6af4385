#pragma once

#include "src/cloud/credentials/chain.h"

namespace cloud {

/// The keys of Alibaba Cloud, in the order of the vendor's own tools (reference alibaba-ecs 2.4 to 2.6): the
/// configuration, the environment, OIDC, the command line tool's profile, the credentials file, the
/// instance's role, a credentials URI. A role that is to be assumed is assumed with what was found.
KeySearch find_alicloud_keys(const KeySettings& settings, const Machine& machine, Services services);

}  // namespace cloud
