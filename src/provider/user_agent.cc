#include "src/provider/user_agent.h"

#include <algorithm>

namespace provider {
namespace {

constexpr std::size_t kMax = 256;

bool is_printable(char c) {
  return c >= ' ' && c <= '~';
}

}  // namespace

bool is_user_agent_text(std::string_view text) {
  return text.size() <= kMax && std::ranges::all_of(text, is_printable) &&
         text.find_first_not_of(' ') != std::string_view::npos;
}

std::string user_agent(const UserAgentParts& parts) {
  std::string text = "terraform-provider-image/" + parts.provider_version;
  if (!parts.terraform_version.empty()) {
    text = "Terraform/" + parts.terraform_version + " (+https://www.terraform.io) " + text;
  }
  std::string appended = parts.appended.substr(0, kMax);
  std::erase_if(appended, [](char c) { return !is_printable(c); });
  for (const std::string& part : {parts.suffix, appended}) {
    if (is_user_agent_text(part)) text += " " + part;
  }
  return text;
}

}  // namespace provider
