#include "src/cloud/alicloud/signature.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "src/core/digest.h"
#include "src/core/text.h"
#include "src/core/time_text.h"

namespace cloud::alicloud {
namespace {

constexpr std::string_view kAlgorithm = "ACS3-HMAC-SHA256";

std::string canonical_query(const http::Request& request) {
  std::vector<std::pair<std::string, std::string>> parameters;
  for (const http::QueryParameter& parameter : request.query) {
    parameters.emplace_back(parameter.name, parameter.value.value_or(""));
  }
  std::ranges::sort(parameters);
  std::vector<std::string> items;
  items.reserve(parameters.size());
  for (const auto& [name, value] : parameters) {
    items.push_back(core::percent_encode(name) + "=" + core::percent_encode(value));
  }
  return core::join(items, "&");
}

/// Values by lower-case name; those of a repeated name are sorted and joined by commas.
std::map<std::string, std::string> signed_headers(const http::Request& request) {
  std::map<std::string, std::vector<std::string>> values = {{"host", {request.host}}};
  for (const http::Header& header : request.headers) {
    const std::string name = core::to_lower(header.name);
    if (name.starts_with("x-acs-") || name == "content-type") {
      values[name].emplace_back(core::trim(header.value));
    }
  }
  std::map<std::string, std::string> joined;
  for (auto& [name, list] : values) {
    std::ranges::sort(list);
    joined[name] = core::join(list, ",");
  }
  return joined;
}

}  // namespace

Signature compute_signature(const http::Request& request, const Credentials& credentials) {
  std::string header_lines;
  std::vector<std::string> names;
  for (const auto& [name, value] : signed_headers(request)) {
    header_lines += name + ":" + value + "\n";
    names.push_back(name);
  }
  const std::string name_list = core::join(names, ";");
  Signature signature;
  signature.canonical_request =
      core::join({request.method, core::percent_encode_path(request.path), canonical_query(request),
                  header_lines, name_list, core::sha256_hex(request.body)},
                 "\n");
  signature.string_to_sign = std::string(kAlgorithm) + "\n" + core::sha256_hex(signature.canonical_request);
  signature.authorization =
      std::string(kAlgorithm) + " Credential=" + credentials.access_key + ",SignedHeaders=" + name_list +
      ",Signature=" + core::hmac_sha256_hex(credentials.secret_key, signature.string_to_sign);
  return signature;
}

void sign(http::Request& request, const Credentials& credentials, core::UtcTime time,
          std::string_view nonce) {
  http::set_header(request.headers, "x-acs-date", core::format_rfc3339(time));
  http::set_header(request.headers, "x-acs-signature-nonce", std::string(nonce));
  http::set_header(request.headers, "x-acs-content-sha256", core::sha256_hex(request.body));
  if (!credentials.security_token.empty()) {
    http::set_header(request.headers, "x-acs-accesskey-id", credentials.access_key);
    http::set_header(request.headers, "x-acs-security-token", credentials.security_token);
  }
  http::set_header(request.headers, "Authorization", compute_signature(request, credentials).authorization);
}

Signature compute_signature_v1(std::string_view method, const std::map<std::string, std::string>& parameters,
                               std::string_view secret_key) {
  std::vector<std::string> items;
  for (const auto& [name, value] : parameters) {
    if (name != "Signature") items.push_back(core::percent_encode(name) + "=" + core::percent_encode(value));
  }
  Signature signature;
  signature.canonical_request = core::join(items, "&");
  signature.string_to_sign =
      std::string(method) + "&%2F&" + core::percent_encode(signature.canonical_request);
  signature.authorization =
      core::base64(core::hmac_sha1(std::string(secret_key) + "&", signature.string_to_sign));
  return signature;
}

void sign_v1(http::Request& request, const RpcCall& call, const Credentials& credentials, core::UtcTime time,
             std::string_view nonce) {
  std::map<std::string, std::string> common = {{"Action", std::string(call.action)},
                                               {"Version", std::string(call.version)},
                                               {"Format", "JSON"},
                                               {"AccessKeyId", credentials.access_key},
                                               {"SignatureMethod", "HMAC-SHA1"},
                                               {"SignatureVersion", "1.0"},
                                               {"SignatureNonce", std::string(nonce)},
                                               {"Timestamp", core::format_rfc3339(time)}};
  if (!credentials.security_token.empty()) common["SecurityToken"] = credentials.security_token;
  std::map<std::string, std::string> all = call.form;
  all.insert(common.begin(), common.end());
  common["Signature"] = compute_signature_v1(request.method, all, credentials.secret_key).authorization;
  request.query.clear();
  for (const auto& [name, value] : common) request.query.push_back({.name = name, .value = value});
  http::set_form_body(request, call.form);
}

}  // namespace cloud::alicloud
