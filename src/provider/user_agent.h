#pragma once

#include <string>
#include <string_view>

namespace provider {

/// Whether it can stand in a header as it is: 1 to 256 printable ASCII characters, not only blanks.
bool is_user_agent_text(std::string_view text);

struct UserAgentParts {
  std::string terraform_version;  ///< empty: by hand
  std::string provider_version;
  std::string suffix;    ///< of the configuration; empty: none
  std::string appended;  ///< of `TF_APPEND_USER_AGENT`; what cannot stand in a header is left out
};

/// What calls to the clouds name themselves by, as Terraform's providers do.
std::string user_agent(const UserAgentParts& parts);

}  // namespace provider
