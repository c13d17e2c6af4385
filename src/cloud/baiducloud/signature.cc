#include "src/cloud/baiducloud/signature.h"

#include <algorithm>
#include <map>

#include "src/core/digest.h"
#include "src/core/text.h"
#include "src/core/time_text.h"

namespace cloud::baiducloud {
namespace {

/// The vendor's default (baiducloud/API.md 2.1).
constexpr std::chrono::seconds kValidity{1800};

/// baiducloud/API.md 2.4.
bool in_default_set(std::string_view name) {
  return name == "host" || name == "content-length" || name == "content-type" || name == "content-md5" ||
         name.starts_with("x-bce-");
}

/// An empty path is signed as `/` (baiducloud/API.md 2.2).
std::string absolute_path(const http::Request& request) {
  return request.path.starts_with("/") ? request.path : "/" + request.path;
}

std::string canonical_query(const http::Request& request) {
  std::vector<std::string> items;
  for (const http::QueryParameter& parameter : request.query) {
    if (core::to_lower(parameter.name) == "authorization") continue;
    items.push_back(core::percent_encode(parameter.name) + "=" +
                    core::percent_encode(parameter.value.value_or("")));
  }
  // Sorted as whole items, not by name: `=` sorts after digits, `-` and `.` (baiducloud/API.md 2.3).
  std::ranges::sort(items);
  return core::join(items, "&");
}

/// Trimmed values by lower-case name, without blank ones.
std::map<std::string, std::string> headers_to_sign(const http::Request& request,
                                                   const std::optional<std::vector<std::string>>& names) {
  std::map<std::string, std::string> present = {{"host", request.host}};
  for (const http::Header& header : request.headers) {
    const std::string_view value = core::trim(header.value);
    if (!value.empty()) present[core::to_lower(header.name)] = value;
  }
  std::erase_if(present, [&](const auto& entry) {
    return names ? std::ranges::find(*names, entry.first) == names->end() : !in_default_set(entry.first);
  });
  return present;
}

}  // namespace

BceSignature compute_signature(const http::Request& request,
                               const std::optional<std::vector<std::string>>& header_names,
                               const Credentials& credentials, std::string_view date,
                               std::chrono::seconds validity) {
  std::vector<std::string> names;
  std::vector<std::string> lines;
  for (const auto& [name, value] : headers_to_sign(request, header_names)) {
    names.push_back(name);
    lines.push_back(core::percent_encode(name) + ":" + core::percent_encode(value));
  }
  std::ranges::sort(lines);
  const std::string prefix = "bce-auth-v1/" + credentials.access_key + "/" + std::string(date) + "/" +
                             std::to_string(validity.count());
  BceSignature signature;
  signature.signing_key = core::hmac_sha256_hex(credentials.secret_key, prefix);
  signature.canonical_request = core::join({request.method, core::percent_encode_path(absolute_path(request)),
                                            canonical_query(request), core::join(lines, "\n")},
                                           "\n");
  signature.authorization = prefix + "/" + core::join(names, ";") + "/" +
                            core::hmac_sha256_hex(signature.signing_key, signature.canonical_request);
  return signature;
}

void sign(http::Request& request, const Credentials& credentials, core::UtcTime time) {
  const std::string date = core::format_rfc3339(time);
  http::set_header(request.headers, "x-bce-date", date);
  std::vector<std::string> names = {"host", "x-bce-date"};
  if (!credentials.security_token.empty()) {
    http::set_header(request.headers, "x-bce-security-token", credentials.security_token);
    names.emplace_back("x-bce-security-token");
  }
  const auto signature = compute_signature(request, names, credentials, date, kValidity);
  http::set_header(request.headers, "Authorization", signature.authorization);
}

}  // namespace cloud::baiducloud
