#include "tests/emulator/huaweicloud/errors.h"

#include <utility>

#include "tests/emulator/huaweicloud/replies.h"

namespace emulator::huaweicloud {

ApiError ims_refusal(std::string_view digits, std::string message) {
  return {.status = digits == "0026" ? 403 : 400,
          .code = "IMG." + std::string(digits),
          .message = std::move(message)};
}

ApiError gateway_refusal(int status, std::string_view digits, std::string message) {
  return {.status = status, .code = "APIGW." + std::string(digits), .message = std::move(message)};
}

ApiError authentication_refusal(std::string_view message) {
  return gateway_refusal(401, "0301", "Incorrect IAM authentication information: " + std::string(message));
}

ApiError iam_refusal(int status, std::string_view title, std::string message) {
  return {.status = status, .code = std::string(title), .message = std::move(message)};
}

std::string_view usual_code(int status) {
  switch (status) {
    case 400: return "IMG.0061";
    case 401: return "APIGW.0301";
    case 403: return "IMG.0026";
    case 404: return "APIGW.0101";
    case 429: return "APIGW.0308";
    case 500: return "APIGW.0601";
    default: return "APIGW.0201";
  }
}

http::Response render_refusal(const ApiError& api_error, const std::string& request_id) {
  Json body;
  if (api_error.code.starts_with("APIGW.") || api_error.code.starts_with("APIG.")) {
    body = {{"error_msg", api_error.message}, {"error_code", api_error.code}, {"request_id", request_id}};
  } else if (api_error.code.starts_with("IMG.")) {
    body = {{"error", {{"code", api_error.code}, {"message", api_error.message}}}};
  } else {
    body = {
        {"error", {{"message", api_error.message}, {"code", api_error.status}, {"title", api_error.code}}}};
  }
  return render({.status = api_error.status, .body = body, .headers = api_error.headers}, request_id);
}

}  // namespace emulator::huaweicloud
