#include "src/cloud/baiducloud/errors.h"

#include "tests/cloud/error_tables.h"

using cloud::Error;
using cloud::ErrorKind;
using fakes::check_kinds;
using fakes::error_response;
using fakes::ErrorRow;

TEST_CASE("each documented code of Baidu AI Cloud has its error kind") {
  check_kinds(
      cloud::baiducloud::read_error, R"({"code":"%"})",
      {
          {ErrorKind::permission_denied, "AccessDenied"},
          {ErrorKind::unauthenticated, "InvalidAccessKeyId SignatureDoesNotMatch"},
          {ErrorKind::malformed_request,
           "InvalidHTTPAuthHeader IdempotentParameterMismatch InappropriateJSON MalformedJSON "
           "InvalidHTTPRequest InvalidURI InvalidVersion PreconditionFailed"},
          {ErrorKind::stale, "RequestExpired RequestTimeTooSkewed"},
          {ErrorKind::account, "OptInRequired QualifyNotPass"},
          {ErrorKind::invalid,
           "BadRequest Image.RegionNotSupportCopy Image.ImageStorageFormatInvalid "
           "Image.ImageNotSupportCopy Image.LargeImageCopyForbidden Image.UnCustomImageCannotBeDeleted "
           "Image.ImageNameInvalid"},
          {ErrorKind::not_found, "NoSuchObject"},
          {ErrorKind::busy, "OperationDenied Image.ImageStatusForbidden"},
          {ErrorKind::unavailable, "ServiceInternalError InternalError Http400"},
          {ErrorKind::throttled, "RateLimit"},
          {ErrorKind::still_copying, "Image.CreatingImageCannotBeDeleted"},
          {ErrorKind::in_use, "Image.ImageHasBeenSharedToOthers"},
          {ErrorKind::quota, "Image.ImageQuotaExceedLimit"},
      });
}

TEST_CASE("the codes of Baidu AI Cloud are classified") {
  for (const ErrorRow& each :
       std::vector<ErrorRow>{{409, "Image.ImageStatusForbidden", ErrorKind::busy, "source_image_id"},
                             {409, "Image.RegionNotSupportCopy", ErrorKind::invalid, "destination_region"},
                             {409, "Image.CreatingImageCannotBeDeleted", ErrorKind::still_copying, ""},
                             {409, "Image.ImageHasBeenSharedToOthers", ErrorKind::in_use, ""},
                             {413, "Image.ImageQuotaExceedLimit", ErrorKind::quota, ""},
                             {400, "RequestExpired", ErrorKind::stale, ""},
                             {400, "RateLimit", ErrorKind::throttled, ""},
                             {503, "RateLimit", ErrorKind::throttled, ""},
                             {500, "ServiceInternalError", ErrorKind::unavailable, ""},
                             {403, "InvalidAccessKeyId", ErrorKind::unauthenticated, ""},
                             {400, "MalformedJSON", ErrorKind::malformed_request, ""},
                             {404, "NoSuchObject", ErrorKind::not_found, ""},
                             {404, "SomethingNew", ErrorKind::not_found, ""},
                             {409, "SomethingNew", ErrorKind::invalid, ""}}) {
    CAPTURE(each.code);
    const Error error = cloud::baiducloud::read_error(error_response(
        each.status, R"({"code":")" + each.code + R"(","message":"words","requestId":"r-1"})"));
    CHECK(error.kind == each.kind);
    CHECK(error.request_id == "r-1");
    CHECK(error.argument == each.argument);
  }
}

TEST_CASE("responses that are not the JSON of Baidu AI Cloud are shortened and classified by their status") {
  fakes::check_foreign_responses(cloud::baiducloud::read_error);
}
