#include "src/cloud/error.h"

#include "tests/support/catch.h"

using cloud::Error;
using cloud::ErrorKind;

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
