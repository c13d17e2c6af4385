#pragma once

#include <string>

#include "src/cloud/error.h"
#include "src/http/message.h"

namespace cloud::alicloud {

/// Kind, code, message, request id and blamed argument of an answer that is not a success.
Error read_error(const http::Response& response);

}  // namespace cloud::alicloud
