#include "tests/emulator/alicloud/errors.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tests/emulator/alicloud/replies.h"

namespace emulator::alicloud {
namespace {

/// Codes with a status other than 400.
constexpr std::array<std::pair<std::string_view, int>, 43> kStatuses = {{
    {"Forbidden.RAM", 403},
    {"ImageUseShared", 403},
    {"ImageUsingByInstance", 403},
    {"IncorrectDestinationRegion", 403},
    {"InternalError", 500},
    {"InvalidAccessKeyId.NotFound", 404},
    {"InvalidAcceptLanguage.NotFound", 404},
    {"InvalidAction.NotFound", 404},
    {"InvalidArchitecture", 404},
    {"InvalidEncrypted.NotMatchDiskDefaultEncryption", 403},
    {"InvalidFilterKey.NotFound", 404},
    {"InvalidImageId.NotFound", 404},
    {"InvalidOSType", 404},
    {"InvalidParameter.KMSKeyId.CMKNotEnabled", 403},
    {"InvalidParameter.KMSKeyId.CMKUnauthorized", 403},
    {"InvalidParameter.KMSKeyId.NotFound", 404},
    {"InvalidRegionId.NotFound", 404},
    {"InvalidResourceGroup.NotFound", 404},
    {"InvalidResourceId.NotFound", 404},
    {"InvalidResourceType.NotFound", 404},
    {"InvalidSnapshotId.NotFound", 404},
    {"InvalidStatus.ImageIsCreating", 403},
    {"InvalidUsage", 404},
    {"ImageStatus.NotAvailable", 403},
    {"ImageStatus.NotDeprecated", 403},
    {"MissingParameter.RegionId", 404},
    {"MissingParameter.ResourceType", 404},
    {"MissingParameter.Tags", 404},
    {"NoPermission", 403},
    {"EntityNotExist.Role", 404},
    {"OperationDeined.EncryptedSnapshot", 403},
    {"OperationDenied.EncryptSnapshotAcrossRegion", 403},
    {"OperationDenied.ImageCopying", 403},
    {"OperationDenied.NotAuthorized", 403},
    {"OperationDenied.SameRegionOnly", 403},
    {"QuotaExceed.Image", 403},
    {"QuotaExceed.Tags", 403},
    {"RegionNotSupportCopy", 403},
    {"ServiceUnavailable", 503},
    {"SizeExceed.Image", 403},
    {"SnapshotCreatedDisk", 403},
    {"SnapshotCreatedImage", 403},
    {"InvalidApi.NotFound", 404},
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
    case 400: return "InvalidParameter";
    case 403: return "Forbidden.RAM";
    case 404: return "InvalidImageId.NotFound";
    case 409: return "OperationConflict";
    case 429: return "Throttling.User";
    case 503: return "ServiceUnavailable";
    default: return "InternalError";
  }
}

ApiError missing(std::string_view parameter) {
  return api_error("MissingParameter", "The parameter \"" + std::string(parameter) + "\" must be given.");
}

http::Response render_refusal(const Call& call, const ApiError& api_error, const std::string& request_id) {
  const std::string advice =
      "https://api.aliyun.com/troubleshoot?q=" + api_error.code + "&product=Ecs&requestId=" + request_id;
  const Json body = {{"RequestId", request_id},
                     {"HostId", call.request.wire.host},
                     {"Code", api_error.code},
                     {"Message", api_error.message},
                     {"Recommend", advice}};
  http::Response response = render(call, api_error.status, "Error", body);
  response.headers.insert(response.headers.end(), api_error.headers.begin(), api_error.headers.end());
  return response;
}

}  // namespace emulator::alicloud
