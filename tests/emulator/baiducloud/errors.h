#pragma once

#include <string>
#include <string_view>

#include "tests/emulator/baiducloud/call.h"

namespace emulator::baiducloud {

/// With the HTTP status that the API documents for the code (baiducloud/API.md 2.9, 3); 400 for others.
ApiError api_error(std::string_view code, std::string message);

/// A code for a status, where just the status was chosen.
std::string_view usual_code(int status);

/// The error envelope.
http::Response render_refusal(const ApiError& api_error, const std::string& request_id);

}  // namespace emulator::baiducloud
