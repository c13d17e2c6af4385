#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/http/message.h"

namespace cloud {

/// The names under which a vendor's requests carry tokens and passwords.
struct SecretNames {
  std::span<const std::string_view> headers;
  std::span<const std::string_view> parameters;  ///< of queries and forms
  std::span<const std::string_view> members;  ///< of JSON bodies; `a.b`: a member of an object of that name
};

/// The tokens and passwords that a request carries. Clouds and proxies repeat requests in their responses,
/// which are shown to users.
std::vector<std::string> tokens_of(const http::Request& request, const SecretNames& names);

/// Replaces the secrets in the text, also where they are percent-encoded.
std::string hide(std::string text, const std::vector<std::string>& secrets);

}  // namespace cloud
