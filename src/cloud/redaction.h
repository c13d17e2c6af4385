#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "src/http/message.h"

namespace cloud {

/// The tokens and passwords that a request carries, in its headers, query or body. Clouds and proxies repeat
/// requests in their answers, and what they answer is shown to people.
std::vector<std::string> tokens_of(const http::Request& request);

/// The text without the secrets, percent-encoded ones included.
std::string hide(std::string text, const std::vector<std::string>& secrets);

}  // namespace cloud
