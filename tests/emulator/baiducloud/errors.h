#pragma once

#include <string>
#include <string_view>

#include "tests/emulator/baiducloud/call.h"

namespace emulator::baiducloud {

/// Returns an error with the HTTP status that the API documents for the code (baiducloud/API.md 2.9, 3), else
/// 400.
ApiError api_error(std::string_view code, std::string message);

/// Returns the usual code for a status, for faults that have only a status.
std::string_view usual_code(int status);

/// The error envelope.
http::Response render_refusal(const ApiError& api_error, const std::string& request_id);

}  // namespace emulator::baiducloud
