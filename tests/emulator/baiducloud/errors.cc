#include "tests/emulator/baiducloud/errors.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tests/emulator/baiducloud/replies.h"

namespace emulator::baiducloud {
namespace {

/// Codes with a status other than 400. The status of `RateLimit` is not documented.
constexpr std::array<std::pair<std::string_view, int>, 17> kStatuses = {{
    {"AccessDenied", 403},
    {"IdempotentParameterMismatch", 403},
    {"Image.CreatingImageCannotBeDeleted", 409},
    {"Image.ExceedSharedToUserNumQuota", 413},
    {"Image.ImageHasBeenSharedToOthers", 409},
    {"Image.ImageNotSupportCopy", 409},
    {"Image.ImageStatusForbidden", 409},
    {"Image.ImageStorageFormatInvalid", 409},
    {"Image.LargeImageCopyForbidden", 409},
    {"Image.RegionNotSupportCopy", 409},
    {"Image.UnCustomImageCannotBeDeleted", 403},
    {"Image.UnCustomImageCannotBeShared", 403},
    {"InvalidAccessKeyId", 403},
    {"InvalidVersion", 404},
    {"NoSuchObject", 404},
    {"OperationDenied", 409},
    {"RateLimit", 429},
}};

}  // namespace

ApiError api_error(std::string_view code, std::string message) {
  const auto known = std::ranges::find(kStatuses, code, &std::pair<std::string_view, int>::first);
  return {.status = known == kStatuses.end() ? 400 : known->second,
          .code = std::string(code),
          .message = std::move(message)};
}

std::string_view usual_code(int status) {
  switch (status) {
    case 400: return "BadRequest";
    case 403: return "AccessDenied";
    case 404: return "NoSuchObject";
    case 409: return "OperationDenied";
    case 429: return "RateLimit";
    case 500: return "ServiceInternalError";
    default: return "InternalError";
  }
}

http::Response render_refusal(const ApiError& api_error, const std::string& request_id) {
  const Json body = {{"code", api_error.code}, {"message", api_error.message}, {"requestId", request_id}};
  http::Response response = render(api_error.status, dump(body), request_id);
  response.headers.insert(response.headers.end(), api_error.headers.begin(), api_error.headers.end());
  return response;
}

}  // namespace emulator::baiducloud
