#include "src/cloud/alicloud/errors.h"
#include "src/cloud/baiducloud/errors.h"
#include "src/cloud/huaweicloud/errors.h"
#include "tests/support/catch.h"

using cloud::Error;
using cloud::ErrorKind;

namespace {

struct CodeCase {
  int status = 0;
  std::string code;
  ErrorKind kind = ErrorKind::unexpected;
  std::string argument;
};

http::Response response(int status, std::string body, std::vector<http::Header> headers = {}) {
  return {.status = status, .headers = std::move(headers), .body = std::move(body)};
}

}  // namespace

TEST_CASE("the codes of Alibaba Cloud are classified, including misspelled and unknown ones") {
  for (const CodeCase& each :
       std::vector<CodeCase>{{404, "InvalidAccessKeyId.NotFound", ErrorKind::unauthenticated, ""},
                             {400, "InvalidSecurityToken.Expired", ErrorKind::credentials_expired, ""},
                             {400, "SignatureNonceUsed", ErrorKind::stale, ""},
                             {400, "Throttling.User", ErrorKind::throttled, ""},
                             {400, "Throttling.SomethingNew", ErrorKind::throttled, ""},
                             {403, "LastTokenProcessing", ErrorKind::busy, ""},
                             {400, "IdempotentParameterMismatch", ErrorKind::malformed_request, ""},
                             {400, "MissingZoneId", ErrorKind::malformed_request, ""},
                             {503, "ServiceUnavailable.RegionMaintaining", ErrorKind::unavailable, ""},
                             {500, "SomethingNew", ErrorKind::unavailable, ""},
                             {403, "Forbbiden", ErrorKind::permission_denied, ""},
                             {403, "Forbidden.SomethingNew", ErrorKind::permission_denied, ""},
                             {403, "OperationDeined.EncryptedSnapshot", ErrorKind::invalid, "encrypted"},
                             {400, "InvalidParamter", ErrorKind::malformed_request, ""},
                             {400, "InvalidImageName.Duplicated", ErrorKind::name_taken, "name"},
                             {400, "DestinationRegion.NotFound", ErrorKind::invalid, "destination_region"},
                             {400, "IncorrectImageStatus", ErrorKind::busy, "source_image_id"},
                             {403, "QuotaExceed.Image", ErrorKind::quota, ""},
                             {403, "OperationDenied.ImageCopying", ErrorKind::still_copying, ""},
                             {400, "CancelNotSupported", ErrorKind::cannot_cancel, ""},
                             {400, "ImageCreatedNotFromCopy", ErrorKind::not_copying, ""},
                             {403, "ImageUseShared", ErrorKind::in_use, ""},
                             {403, "SnapshotCreatedImage", ErrorKind::busy, ""},
                             {404, "InvalidImageId.NotFound", ErrorKind::not_found, ""},
                             {403, "InvalidSomethingNew", ErrorKind::invalid, ""}}) {
    CAPTURE(each.code);
    const Error error = cloud::alicloud::read_error(response(
        each.status, R"({"RequestId":"R-1","HostId":"h","Code":")" + each.code + R"(","Message":"words"})"));
    CHECK(error.kind == each.kind);
    CHECK(error.code == each.code);
    CHECK(error.message == "words");
    CHECK(error.request_id == "R-1");
    CHECK(error.argument == each.argument);
  }
}

TEST_CASE("the codes of Baidu AI Cloud are classified") {
  for (const CodeCase& each :
       std::vector<CodeCase>{{409, "Image.ImageStatusForbidden", ErrorKind::busy, "source_image_id"},
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
    const Error error = cloud::baiducloud::read_error(
        response(each.status, R"({"code":")" + each.code + R"(","message":"words","requestId":"r-1"})"));
    CHECK(error.kind == each.kind);
    CHECK(error.request_id == "r-1");
    CHECK(error.argument == each.argument);
  }
}

TEST_CASE("the codes of Huawei Cloud are classified, whichever gateway they come from") {
  for (const CodeCase& each :
       std::vector<CodeCase>{{400, "IMG.0060", ErrorKind::concurrency_limit, ""},
                             {400, "IMG.0009", ErrorKind::name_taken, "name"},
                             {400, "IMG.0015", ErrorKind::quota, ""},
                             {400, "IMG.0023", ErrorKind::not_found, ""},
                             {400, "IMG.0027", ErrorKind::not_found, ""},
                             {403, "IMG.0026", ErrorKind::permission_denied, ""},
                             {400, "IMG.0036", ErrorKind::invalid, "huaweicloud"},
                             {400, "IMG.0046", ErrorKind::busy, ""},
                             {400, "IMG.0059", ErrorKind::invalid, "source_image_id"},
                             {400, "IMG.0090", ErrorKind::still_copying, ""},
                             {400, "IMG.0097", ErrorKind::invalid, "kms_key_id"},
                             {400, "IMG.0105", ErrorKind::invalid, "destination_region"},
                             {400, "IMG.0188", ErrorKind::invalid, "huaweicloud"},
                             {400, "IMG.9999", ErrorKind::invalid, ""},
                             {401, "APIGW.0301", ErrorKind::credentials_expired, ""},
                             {401, "APIG.0301", ErrorKind::credentials_expired, ""},
                             {429, "APIGW.0308", ErrorKind::throttled, ""},
                             {404, "APIGW.0101", ErrorKind::malformed_request, "source_region"},
                             {502, "APIGW.0201", ErrorKind::unavailable, ""},
                             {503, "APIGW.9999", ErrorKind::unavailable, ""}}) {
    CAPTURE(each.code);
    const Error error = cloud::huaweicloud::read_error(
        response(each.status, R"({"error_code":")" + each.code + R"(","error_msg":"words"})",
                 {{"X-Request-Id", "r-1"}}));
    CHECK(error.kind == each.kind);
    CHECK(error.message == "words");
    CHECK(error.request_id == "r-1");
    CHECK(error.argument == each.argument);
  }
}

TEST_CASE("the errors of Huawei Cloud are read flat, nested and in IAM's format") {
  for (const char* body :
       {R"({"error_code":"IMG.0027","error_msg":"words"})", R"({"code":"IMG.0027","message":"words"})",
        R"({"error":{"code":"IMG.0027","message":"words"}})",
        R"({"badRequest":{"error":{"code":"IMG.0027","message":"words"}}})"}) {
    CAPTURE(body);
    const Error error = cloud::huaweicloud::read_error(response(400, body));
    CHECK(error.code == "IMG.0027");
    CHECK(error.message == "words");
    CHECK(error.kind == ErrorKind::not_found);
  }
  const Error iam = cloud::huaweicloud::read_error(
      response(401, R"({"error":{"message":"wrong password","code":401,"title":"Unauthorized"}})"));
  CHECK(iam.kind == ErrorKind::credentials_expired);
  CHECK(iam.message == "wrong password");
}

TEST_CASE("responses that are not the cloud's JSON are shortened and classified by their status") {
  for (const auto read :
       {cloud::alicloud::read_error, cloud::baiducloud::read_error, cloud::huaweicloud::read_error}) {
    for (const std::string& body :
         {std::string(), std::string("<html>502</html>"), std::string("[]"), std::string("{}"),
          std::string(5000, 'x'), std::string(R"({"code":{"a":1},"Code":[],"error":"text"})")}) {
      CAPTURE(body.substr(0, 40));
      const Error error = read(response(502, body));
      CHECK(error.kind == ErrorKind::unavailable);
      CHECK(error.message.size() < 310);
    }
    CHECK(read(response(429, "")).kind == ErrorKind::throttled);
  }
}

TEST_CASE("an error leads with its cause, and what identifies the call comes last") {
  const Error refused{.kind = ErrorKind::in_use,
                      .code = "ImageUsingByInstance",
                      .message = "The image is in use",
                      .request_id = "R-1",
                      .action = "DeleteImage",
                      .region = "r1",
                      .endpoint = "https://ecs.r1.example.com/",
                      .image_id = "m-1",
                      .http_status = 403};
  CHECK(describe(refused) ==
        "The image is in use. (API call: DeleteImage, code ImageUsingByInstance, HTTP status 403, request ID "
        "R-1, "
        "image m-1, region r1, URL https://ecs.r1.example.com/)");
  const Error unreachable{.kind = ErrorKind::unreachable,
                          .message = "connection refused",
                          .action = "GetRoleName",
                          .endpoint = "http://127.0.0.1:1/"};
  CHECK(cause_of(unreachable) == "No response from the cloud: connection refused.");
  CHECK(call_details(unreachable) == "API call: GetRoleName, URL http://127.0.0.1:1/");
  // Without a call there is nothing to identify.
  CHECK(describe(Error{.kind = ErrorKind::unauthenticated, .message = "No credentials were found."}) ==
        "No credentials were found.");
  CHECK(cause_of(Error{.code = "X.1"}) == "The cloud reports the error code X.1.");
  CHECK(cause_of(Error{.http_status = 502}) == "The cloud responded with HTTP status 502.");
}
