#include "src/cloud/huaweicloud/signature.h"

#include <algorithm>
#include <utility>

#include "src/core/digest.h"
#include "src/core/text.h"
#include "src/core/time_text.h"

namespace cloud::huaweicloud {
namespace {

constexpr std::string_view kAlgorithm = "SDK-HMAC-SHA256";

std::string canonical_uri(const std::string& path) {
  std::string uri = core::percent_encode_path(path);
  if (!uri.ends_with('/')) uri += '/';
  return uri;
}

std::string canonical_query(const http::Request& request, QueryOrder order) {
  std::vector<std::pair<std::string, std::string>> parameters;
  for (const http::QueryParameter& parameter : request.query) {
    parameters.emplace_back(parameter.name, parameter.value.value_or(""));
  }
  const auto encode_all = [&] {
    for (auto& [name, value] : parameters) {
      name = core::percent_encode(name);
      value = core::percent_encode(value);
    }
  };
  if (order == QueryOrder::encoded) encode_all();
  std::ranges::sort(parameters);
  if (order == QueryOrder::decoded) encode_all();

  std::vector<std::string> items;
  items.reserve(parameters.size());
  for (const auto& [name, value] : parameters) items.push_back(name + "=" + value);
  return core::join(items, "&");
}

std::string canonical_headers(const http::Request& request, const std::vector<std::string>& names) {
  std::string lines;
  for (const std::string& name : names) {
    const std::string value =
        name == "host" ? request.host : http::find_header(request.headers, name).value_or("");
    lines += name + ":" + std::string(core::trim(value)) + "\n";
  }
  return lines;
}

}  // namespace

Signature compute_signature(const http::Request& request, const std::vector<std::string>& signed_headers,
                            const Credentials& credentials, std::string_view date, QueryOrder order) {
  const std::string names = core::join(signed_headers, ";");
  const std::string payload_hash =
      http::find_header(request.headers, "X-Sdk-Content-Sha256").value_or(core::sha256_hex(request.body));
  Signature signature;
  signature.canonical_request =
      core::join({request.method, canonical_uri(request.path), canonical_query(request, order),
                  canonical_headers(request, signed_headers), names, payload_hash},
                 "\n");
  signature.string_to_sign = std::string(kAlgorithm) + "\n" + std::string(date) + "\n" +
                             core::sha256_hex(signature.canonical_request);
  signature.authorization =
      std::string(kAlgorithm) + " Access=" + credentials.access_key + ", SignedHeaders=" + names +
      ", Signature=" + core::hmac_sha256_hex(credentials.secret_key, signature.string_to_sign);
  return signature;
}

void sign(http::Request& request, const Credentials& credentials, core::UtcTime time) {
  const std::string date = core::format_basic(time);
  http::set_header(request.headers, "X-Sdk-Date", date);
  if (!credentials.security_token.empty()) {
    http::set_header(request.headers, "X-Security-Token", credentials.security_token);
  }
  std::vector<std::string> names = {"host"};
  for (const http::Header& header : request.headers) names.push_back(core::to_lower(header.name));
  std::ranges::sort(names);
  const Signature signature = compute_signature(request, names, credentials, date);
  http::set_header(request.headers, "Authorization", signature.authorization);
}

}  // namespace cloud::huaweicloud
