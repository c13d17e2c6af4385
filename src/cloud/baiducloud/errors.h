#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "src/cloud/error.h"
#include "src/cloud/error_codes.h"
#include "src/http/message.h"

namespace cloud::baiducloud {

/// Returns nullopt for a code that is not documented for the calls of this provider.
std::optional<CodeMeaning> find_meaning(std::string_view code);

/// Reads kind, code, message, request ID and argument from an error response.
Error read_error(const http::Response& response);

/// The meaning of an error code in a response with this HTTP status. The code may be empty.
ErrorKind error_kind(const std::string& code, int status);

}  // namespace cloud::baiducloud
