#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "src/cloud/credentials/credentials.h"
#include "src/cloud/signature.h"
#include "src/core/clock.h"
#include "src/http/message.h"

/// Huawei Cloud `SDK-HMAC-SHA256` (huaweicloud/API.md 2.1).
namespace cloud::huaweicloud {

/// Vendors' signers sort the query by decoded or by encoded text; a verifier tries both.
enum class QueryOrder { decoded, encoded };

/// `signed_headers`: lower-case names in ascending order; `host` stands for the request's host.
/// `date`: the value of `X-Sdk-Date`.
Signature compute_signature(const http::Request& request, const std::vector<std::string>& signed_headers,
                            const Credentials& credentials, std::string_view date,
                            QueryOrder order = QueryOrder::decoded);

/// Adds `X-Sdk-Date`, the security token and `Authorization`, signing host and all headers present.
void sign(http::Request& request, const Credentials& credentials, core::UtcTime time);

}  // namespace cloud::huaweicloud
