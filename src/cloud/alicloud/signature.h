#pragma once

#include <map>
#include <string>
#include <string_view>

#include "src/cloud/credentials/credentials.h"
#include "src/cloud/signature.h"
#include "src/core/clock.h"
#include "src/http/message.h"

/// Alibaba Cloud's signatures: `ACS3-HMAC-SHA256`, called V3, and the older V1 (alicloud/API.md 2.1, 2.2).
namespace cloud::alicloud {

/// V3 of the host and of every `x-acs-*` and `content-type` header of the request.
Signature compute_signature(const http::Request& request, const Credentials& credentials);

/// Adds date, nonce, content hash, security token and `Authorization` to a request that has its action and
/// version. `nonce` must never repeat.
void sign(http::Request& request, const Credentials& credentials, core::UtcTime time, std::string_view nonce);

/// V1 of all parameters of query and form except `Signature`. `authorization` is the Base64 text alone.
Signature compute_signature_v1(std::string_view method, const std::map<std::string, std::string>& parameters,
                               std::string_view secret_key);

/// A call of the RPC style, without a query of its own.
struct RpcCall {
  std::string_view action;
  std::string_view version;
  const std::map<std::string, std::string>& form;
};

/// Signs by V1: adds common parameters and the signature as the query, and the call's parameters as a form.
/// `nonce` must never repeat.
void sign_v1(http::Request& request, const RpcCall& call, const Credentials& credentials, core::UtcTime time,
             std::string_view nonce);

}  // namespace cloud::alicloud
