#pragma once

#include <string>
#include <string_view>

#include "tests/emulator/alicloud/call.h"

namespace emulator::alicloud {

/// Returns an error with the HTTP status that the API documents for the code (alicloud/API.md 2.7, 3), else
/// 400.
ApiError api_error(std::string_view code, std::string message);

/// Returns the usual code for a status, for faults that have only a status.
std::string_view usual_code(int status);

/// Returns `MissingParameter` for the parameter.
ApiError missing(std::string_view parameter);

/// Returns the error body in the format of the call.
http::Response render_refusal(const Call& call, const ApiError& api_error, const std::string& request_id);

}  // namespace emulator::alicloud
