#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/cloud/credentials/credentials.h"
#include "src/core/clock.h"
#include "src/http/message.h"

/// Baidu AI Cloud's signature `bce-auth-v1` (baiducloud/API.md 2).
namespace cloud::baiducloud {

struct BceSignature {
  std::string canonical_request;
  std::string signing_key;  ///< as hexadecimal text, in which form the vendor uses it
  std::string authorization;

  bool operator==(const BceSignature&) const = default;
};

/// `header_names`: the headers to sign; nullopt for the vendor's default set.
/// `date`: `YYYY-MM-DDThh:mm:ssZ`.
BceSignature compute_signature(const http::Request& request,
                               const std::optional<std::vector<std::string>>& header_names,
                               const Credentials& credentials, std::string_view date,
                               std::chrono::seconds validity);

/// Adds `x-bce-date`, the security token and `Authorization`. Signs only host, date and token, because HTTP
/// libraries may add and remove other headers (baiducloud/API.md 2.6).
void sign(http::Request& request, const Credentials& credentials, core::UtcTime time);

}  // namespace cloud::baiducloud
