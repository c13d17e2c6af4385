#pragma once

#include <string>

#include "src/cloud/error.h"
#include "src/http/message.h"

namespace cloud::baiducloud {

/// Kind, code, message, request id and blamed argument of an answer that is not a success.
Error read_error(const http::Response& response);

/// What a code means that came under an HTTP status, or under none.
ErrorKind error_kind(const std::string& code, int status);

}  // namespace cloud::baiducloud
