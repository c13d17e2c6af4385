#pragma once

#include <string>
#include <string_view>

#include "tests/emulator/alicloud/call.h"

namespace emulator::alicloud {

/// With the HTTP status that the API documents for the code (alicloud/API.md 2.7, 3); 400 for others.
ApiError api_error(std::string_view code, std::string message);

/// A code for a status, where just the status was chosen.
std::string_view usual_code(int status);

/// `MissingParameter`, naming it.
ApiError missing(std::string_view parameter);

/// The error body in the call's format.
http::Response render_refusal(const Call& call, const ApiError& api_error, const std::string& request_id);

}  // namespace emulator::alicloud
