#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "src/cloud/error.h"
#include "src/cloud/error_codes.h"
#include "src/http/message.h"

namespace cloud::huaweicloud {

/// Returns nullopt for a code that is not documented for the calls of this provider.
std::optional<CodeMeaning> find_meaning(std::string_view code);

/// Reads kind, code, message, request ID and argument from an error response.
Error read_error(const http::Response& response);

}  // namespace cloud::huaweicloud
