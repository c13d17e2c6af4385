#include "src/cloud/redaction.h"

#include <algorithm>

#include "src/cloud/json.h"
#include "src/core/text.h"

namespace cloud {
namespace {

using Names = std::span<const std::string_view>;

bool contains(Names names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

/// Shorter secrets occur in any text by chance, and replacing them would reveal them.
constexpr std::size_t kMin = 6;

/// `parent`: the name of the value itself.
void collect_members(const nlohmann::json& value, const std::string& parent, Names names,
                     std::vector<std::string>& secrets) {
  if (value.is_array()) {
    for (const nlohmann::json& element : value) collect_members(element, parent, names, secrets);
  }
  if (!value.is_object()) return;
  for (const auto& [name, member] : value.items()) {
    const bool is_secret = contains(names, name) || contains(names, parent + "." + name);
    if (is_secret && member.is_string()) secrets.push_back(member.get<std::string>());
    collect_members(member, name, names, secrets);
  }
}

/// The body is a form or JSON.
void collect_from_body(const std::string& body, const SecretNames& names, std::vector<std::string>& secrets) {
  if (body.starts_with('{')) return collect_members(parse_json(body), "", names.members, secrets);
  for (const std::string& pair : core::split(body, '&')) {
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos) continue;
    if (contains(names.parameters, core::percent_decode(pair.substr(0, equals)))) {
      secrets.push_back(core::percent_decode(pair.substr(equals + 1)));
    }
  }
}

constexpr std::string_view kHidden = "(hidden)";

}  // namespace

std::vector<std::string> tokens_of(const http::Request& request, const SecretNames& names) {
  std::vector<std::string> tokens;
  for (const std::string_view name : names.headers) {
    if (auto token = http::find_header(request.headers, name)) tokens.push_back(std::move(*token));
  }
  for (const http::QueryParameter& parameter : request.query) {
    if (contains(names.parameters, parameter.name)) tokens.push_back(parameter.value.value_or(""));
  }
  std::vector<std::string> in_body;
  collect_from_body(request.body, names, in_body);
  std::erase_if(in_body, [](const std::string& secret) { return secret.size() < kMin; });
  tokens.insert(tokens.end(), in_body.begin(), in_body.end());
  return tokens;
}

std::string hide(std::string text, const std::vector<std::string>& secrets) {
  for (const std::string& secret : secrets) {
    if (secret.empty()) continue;
    // Canonical requests are percent-encoded once or twice.
    const std::string once = core::percent_encode(secret);
    for (const std::string& form : {core::percent_encode(once), once, secret}) {
      text = core::replace_all(text, form, kHidden);
    }
  }
  return text;
}

}  // namespace cloud
