#pragma once

#include <string>
#include <string_view>

namespace provider {

/// Whether the text can be used in a header: 1 to 256 printable ASCII characters, not all blank.
bool is_user_agent_text(std::string_view text);

struct UserAgentParts {
  std::string terraform_version;  ///< empty if the command line makes the calls
  std::string provider_version;
  std::string suffix;  ///< from the configuration; may be empty
  std::string
      appended;  ///< from `TF_APPEND_USER_AGENT`; characters that are invalid in a header are left out
};

/// The `User-Agent` of API calls, in the form that Terraform's providers use.
std::string user_agent(const UserAgentParts& parts);

}  // namespace provider
