#include "src/cloud/redaction.h"

#include <algorithm>

#include "tests/support/catch.h"

namespace {

bool finds(const http::Request& request, const std::string& secret) {
  const std::vector<std::string> found = cloud::tokens_of(request);
  return std::ranges::find(found, secret) != found.end();
}

}  // namespace

TEST_CASE("secrets are found in headers, in the query, in forms and in JSON") {
  CHECK(finds({.headers = {{.name = "x-auth-token", .value = "secret-1"}}}, "secret-1"));
  CHECK(finds({.query = {{.name = "SecurityToken", .value = "secret-2"}}}, "secret-2"));
  CHECK(finds({.body = "Action=A&OIDCToken=secret%2F3&RoleArn=r"}, "secret/3"));
  CHECK(finds({.body = R"({"auth":{"identity":{"password":{"user":{"name":"u","password":"secret-4"}}}}})"},
              "secret-4"));
  CHECK(finds({.body = R"({"auth":{"identity":{"token":{"id":"secret-5"}}}})"}, "secret-5"));
  // What is found in any text is not hidden.
  CHECK(cloud::tokens_of({.body = R"({"password":"a"})"}).empty());
  CHECK(cloud::tokens_of({.body = R"({"name":"golden","broken)"}).empty());
}

TEST_CASE("a secret is hidden in every form in which an answer may repeat it") {
  CHECK(cloud::hide("a=sec/ret b=sec%2Fret c=sec%252Fret", {"sec/ret"}) ==
        "a=(hidden) b=(hidden) c=(hidden)");
}
