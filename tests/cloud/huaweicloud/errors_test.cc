#include "src/cloud/huaweicloud/errors.h"

#include "tests/cloud/error_tables.h"

using cloud::Error;
using cloud::ErrorKind;
using fakes::check_kinds;
using fakes::error_response;
using fakes::ErrorRow;

TEST_CASE("each documented code of Huawei Cloud has its error kind") {
  check_kinds(
      cloud::huaweicloud::read_error, R"({"error":{"code":"%"}})",
      {
          {ErrorKind::malformed_request,
           "IMG.0001 IMG.0007 IMG.0013 IMG.0016 IMG.0017 IMG.0035 APIGW.0101 APIGW.0602"},
          {ErrorKind::invalid,
           "IMG.0002 IMG.0003 IMG.0004 IMG.0036 IMG.0054 IMG.0055 IMG.0059 IMG.0062 IMG.0095 IMG.0096 "
           "IMG.0097 IMG.0101 IMG.0102 IMG.0104 IMG.0105 IMG.0115 IMG.0116 IMG.0118 IMG.0130 IMG.0141 "
           "IMG.0030 IMG.0067 IMG.0108 IMG.0142 IMG.0143 IMG.0146 IMG.0147 IMG.0150 IMG.0152 APIGW.0310 "
           "IMG.0145 IMG.0155 IMG.0156 IMG.0167 IMG.0182 IMG.0184 IMG.0188 IMG.0189 IMG.0190 IMG.0193 "
           "IMG.0196 IMG.0197"},
          {ErrorKind::name_taken, "IMG.0009"},
          {ErrorKind::unavailable,
           "IMG.0014 IMG.0018 IMG.0061 IMG.0154 IMG.0176 APIGW.0201 APIGW.0202 APIGW.0203 APIGW.0601 "
           "APIGW.0613"},
          {ErrorKind::quota, "IMG.0015"},
          {ErrorKind::not_found, "IMG.0023 IMG.0027 IMG.0066 IMG.0086 IMG.0144"},
          {ErrorKind::permission_denied,
           "IMG.0026 IMG.0037 IMG.0038 IMG.0039 IMG.0040 IMG.0047 IMG.0064 IMG.0065 "
           "IMG.0087 IMG.0092 IMG.0099 IMG.0100 IMG.0103 IMG.0106 IMG.0151 IMG.0165 IMG.0179 "
           "APIGW.0302 APIGW.0802"},
          {ErrorKind::in_use, "IMG.0028 IMG.0083 IMG.0091 IMG.0093 IMG.0094"},
          {ErrorKind::busy, "IMG.0046 IMG.0148"},
          {ErrorKind::concurrency_limit, "IMG.0060 IMG.0149"},
          {ErrorKind::still_copying, "IMG.0090"},
          {ErrorKind::throttled, "IMG.0187 APIGW.0308"},
          {ErrorKind::account, "IMG.0238 IMG.0239 IMG.0241 IMG.0242"},
          {ErrorKind::credentials_expired, "APIGW.0301 APIGW.0307"},
      });
}

TEST_CASE("the codes of Huawei Cloud are classified, whichever gateway they come from") {
  for (const ErrorRow& each :
       std::vector<ErrorRow>{{400, "IMG.0060", ErrorKind::concurrency_limit, ""},
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
        error_response(each.status, R"({"error_code":")" + each.code + R"(","error_msg":"words"})",
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
    const Error error = cloud::huaweicloud::read_error(error_response(400, body));
    CHECK(error.code == "IMG.0027");
    CHECK(error.message == "words");
    CHECK(error.kind == ErrorKind::not_found);
  }
  const Error iam = cloud::huaweicloud::read_error(
      error_response(401, R"({"error":{"message":"wrong password","code":401,"title":"Unauthorized"}})"));
  CHECK(iam.kind == ErrorKind::credentials_expired);
  CHECK(iam.message == "wrong password");
}

TEST_CASE("responses that are not the JSON of Huawei Cloud are shortened and classified by their status") {
  fakes::check_foreign_responses(cloud::huaweicloud::read_error);
}
