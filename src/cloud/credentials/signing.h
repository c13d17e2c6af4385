#pragma once

#include <functional>
#include <memory>

#include "src/cloud/api_client.h"
#include "src/cloud/credentials/provider.h"

namespace cloud {

/// A dialect that signs requests with the newest credentials of `provider`.
Dialect signing_dialect(const Vendor& vendor, const std::shared_ptr<CredentialsProvider>& provider,
                        std::function<void(http::Request&, const Credentials&)> sign,
                        std::function<Error(const http::Response&)> read_error);

}  // namespace cloud
