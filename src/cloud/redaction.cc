#include "src/cloud/redaction.h"

#include <algorithm>
#include <array>

#include "src/cloud/json.h"
#include "src/core/text.h"

namespace cloud {
namespace {

constexpr std::array<std::string_view, 6> kTokenHeaders = {
    "x-acs-security-token", "x-bce-security-token", "X-Security-Token",
    "X-Auth-Token",         "X-Subject-Token",      "x-aliyun-ecs-metadata-token"};

constexpr std::array<std::string_view, 3> kSecretParameters = {"SecurityToken", "OIDCToken", "OidcToken"};
constexpr std::array<std::string_view, 4> kSecretMembers = {"password", "secret", "secret_key",
                                                            "security_token"};

/// Shorter ones are found in any text, and hiding them would only point at them.
constexpr std::size_t kMin = 6;

void collect_members(const nlohmann::json& value, std::vector<std::string>& secrets) {
  if (!value.is_structured()) return;
  for (const auto& [name, member] : value.items()) {
    const bool is_secret = std::ranges::find(kSecretMembers, name) != kSecretMembers.end();
    if (is_secret && member.is_string()) secrets.push_back(member.get<std::string>());
    // A token that is exchanged for another one.
    if (name == "token" && member.is_object()) secrets.push_back(text_at(member, "id"));
    collect_members(member, secrets);
  }
}

/// Of a form or of JSON.
void collect_from_body(const std::string& body, std::vector<std::string>& secrets) {
  if (body.starts_with('{')) return collect_members(parse_json(body), secrets);
  for (const std::string& pair : core::split(body, '&')) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos) continue;
    const std::string name = core::percent_decode(pair.substr(0, equals));
    const bool is_secret = std::ranges::find(kSecretParameters, name) != kSecretParameters.end();
    if (is_secret) secrets.push_back(core::percent_decode(pair.substr(equals + 1)));
  }
}

constexpr std::string_view kHidden = "(hidden)";

}  // namespace

std::vector<std::string> tokens_of(const http::Request& request) {
  std::vector<std::string> tokens;
  for (const std::string_view name : kTokenHeaders) {
    if (auto token = http::find_header(request.headers, name)) tokens.push_back(std::move(*token));
  }
  for (const http::QueryParameter& parameter : request.query) {
    const bool is_secret = std::ranges::find(kSecretParameters, parameter.name) != kSecretParameters.end();
    if (is_secret) tokens.push_back(parameter.value.value_or(""));
  }
  std::vector<std::string> in_body;
  collect_from_body(request.body, in_body);
  std::erase_if(in_body, [](const std::string& secret) { return secret.size() < kMin; });
  tokens.insert(tokens.end(), in_body.begin(), in_body.end());
  return tokens;
}

std::string hide(std::string text, const std::vector<std::string>& secrets) {
  for (const std::string& secret : secrets) {
    if (secret.empty()) continue;
    // Canonical requests are encoded once or twice.
    const std::string once = core::percent_encode(secret);
    for (const std::string& form : {core::percent_encode(once), once, secret}) {
      text = core::replace_all(text, form, kHidden);
    }
  }
  return text;
}

}  // namespace cloud
