#include "src/cloud/secrets.h"

#include <algorithm>
#include <array>

#include "src/core/text.h"

namespace cloud {
namespace {

constexpr std::array<std::string_view, 6> kTokenHeaders = {
    "x-acs-security-token", "x-bce-security-token", "X-Security-Token",
    "X-Auth-Token",         "X-Subject-Token",      "x-aliyun-ecs-metadata-token"};

constexpr std::string_view kHidden = "(hidden)";

}  // namespace

std::vector<std::string> tokens_of(const http::Request& request) {
  std::vector<std::string> tokens;
  for (const std::string_view name : kTokenHeaders) {
    if (auto token = http::find_header(request.headers, name)) tokens.push_back(std::move(*token));
  }
  for (const http::QueryParameter& parameter : request.query) {
    if (parameter.name == "SecurityToken") tokens.push_back(parameter.value.value_or(""));
  }
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
