#pragma once

#include <string>

#include "src/cloud/error.h"
#include "src/http/message.h"

namespace cloud::baiducloud {

/// Reads kind, code, message, request ID and argument from an error response.
Error read_error(const http::Response& response);

/// The meaning of an error code in a response with this HTTP status. The code may be empty.
ErrorKind error_kind(const std::string& code, int status);

}  // namespace cloud::baiducloud
