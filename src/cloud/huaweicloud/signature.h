#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "src/cloud/credentials/credentials.h"
#include "src/cloud/signature.h"
#include "src/core/clock.h"
#include "src/http/message.h"

/// Huawei Cloud's signature `SDK-HMAC-SHA256` (huaweicloud/API.md 2.1).
namespace cloud::huaweicloud {

/// The vendor's signers sort the query by decoded or by encoded text, so a verifier tries both.
enum class QueryOrder { decoded, encoded };

/// `signed_headers`: names in lower case and ascending order; `host` is the request's host.
/// `date`: the value of `X-Sdk-Date`.
Signature compute_signature(const http::Request& request, const std::vector<std::string>& signed_headers,
                            const Credentials& credentials, std::string_view date,
                            QueryOrder order = QueryOrder::decoded);

/// Adds `X-Sdk-Date`, the security token and `Authorization`. Signs the host and all headers of the request.
void sign(http::Request& request, const Credentials& credentials, core::UtcTime time);

}  // namespace cloud::huaweicloud
