#pragma once

#include <string>

#include "src/cloud/error.h"
#include "src/http/message.h"

namespace cloud::huaweicloud {

/// Reads kind, code, message, request ID and argument from an error response.
Error read_error(const http::Response& response);

}  // namespace cloud::huaweicloud
