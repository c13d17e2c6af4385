#include "tests/emulator/redaction.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "src/core/text.h"
#include "tests/emulator/service.h"

namespace emulator {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxBodyBytes = std::size_t{64} * 1024;
constexpr int kMaxDepth = 32;

constexpr std::array<std::string_view, 5> kSecretParts = {"password", "passcode", "secret", "authorization",
                                                          "assertion"};
constexpr std::array<std::string_view, 2> kSecretEnds = {"token", "signature"};
constexpr std::array<std::string_view, 3> kHarmlessTokens = {"clienttoken", "nexttoken", "pagetoken"};

/// Accepts any spelling: `SecurityToken`, `security_token`, `x-bce-security-token`.
bool is_secret(std::string_view name) {
  std::string letters = core::to_lower(name);
  std::erase_if(letters, [](char letter) { return letter == '-' || letter == '_'; });
  if (std::ranges::find(kHarmlessTokens, letters) != kHarmlessTokens.end()) return false;
  return std::ranges::any_of(kSecretParts, [&](std::string_view part) { return letters.contains(part); }) ||
         std::ranges::any_of(kSecretEnds, [&](std::string_view end) { return letters.ends_with(end); });
}

/// Replaces secrets in a value, and returns whether there were any. `owner` is the key of the value. In
/// Huawei's `token` object, the secret is the `id` (huaweicloud/API.md 2.2).
bool hide_secrets(Json& value, std::string_view owner, int depth) {
  const bool is_text = value.is_string() || value.is_number();
  if ((is_text && is_secret(owner)) || (value.is_structured() && depth > kMaxDepth)) {
    value = kHidden;
    return true;
  }
  bool hidden = false;
  if (value.is_array()) {
    for (Json& item : value) hidden = hide_secrets(item, owner, depth + 1) || hidden;
  }
  if (value.is_object()) {
    for (auto& [name, item] : value.items()) {
      hidden = hide_secrets(item, name == "id" ? owner : std::string_view(name), depth + 1) || hidden;
    }
  }
  return hidden;
}

}  // namespace

std::string redacted_query(std::vector<http::QueryParameter> query) {
  for (http::QueryParameter& parameter : query) {
    if (parameter.value && is_secret(parameter.name)) parameter.value = kHidden;
  }
  const std::string target = http::Request{.path = "/", .query = std::move(query)}.target();
  return target.size() > 2 ? target.substr(2) : "";
}

std::string redacted_body(const std::vector<http::Header>& headers, const std::string& body) {
  if (body.empty()) return "";
  std::string size = "(" + std::to_string(body.size()) + " bytes)";
  if (body.size() > kMaxBodyBytes) return size;
  const std::string type = core::to_lower(http::find_header(headers, "Content-Type").value_or(""));
  if (type.starts_with("application/x-www-form-urlencoded")) return redacted_query(parse_query(body, true));
  Json json = Json::parse(body, nullptr, false);
  if (json.is_discarded() || !json.is_structured()) return size;
  return hide_secrets(json, "", 0) ? dump(json) : body;
}

}  // namespace emulator
