#pragma once

#include <string>
#include <string_view>

#include "tests/emulator/huaweicloud/call.h"

namespace emulator::huaweicloud {

/// An error of IMS, `IMG.` and four digits: 400, and 403 for 0026 (huaweicloud/API.md 3.12).
ApiError ims_refusal(std::string_view digits, std::string message);

/// An error of the gateway, `APIGW.` and four digits (huaweicloud/API.md 2.1).
ApiError gateway_refusal(int status, std::string_view digits, std::string message);

/// Returns 401 APIGW.0301, whose message always begins with the same text.
ApiError authentication_refusal(std::string_view message);

/// An error of IAM, whose body has the status and its title instead of a code (huaweicloud/API.md 2.2).
ApiError iam_refusal(int status, std::string_view title, std::string message);

/// Returns the usual code for a status, for faults that have only a status.
std::string_view usual_code(int status);

/// Returns the error body in the form of the code: flat for the gateway, nested for IMS, Keystone's for IAM.
http::Response render_refusal(const ApiError& api_error, const std::string& request_id);

}  // namespace emulator::huaweicloud
