#include "src/cloud/redaction.h"

#include <algorithm>
#include <array>

#include "tests/support/catch.h"

namespace {

constexpr std::array<std::string_view, 1> kHeaders = {"X-Auth-Token"};
constexpr std::array<std::string_view, 2> kParameters = {"SecurityToken", "OIDCToken"};
constexpr std::array<std::string_view, 2> kMembers = {"password", "token.id"};
constexpr cloud::SecretNames kNames = {.headers = kHeaders, .parameters = kParameters, .members = kMembers};

bool finds(const http::Request& request, const std::string& secret) {
  const std::vector<std::string> found = cloud::tokens_of(request, kNames);
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
  CHECK(finds({.body = R"({"list":[{"password":"secret-6"}]})"}, "secret-6"));
  CHECK_FALSE(finds({.body = R"({"image":{"id":"harmless-7"}})"}, "harmless-7"));
  // A value that is too short to be recognized in a text is not redacted.
  CHECK(cloud::tokens_of({.body = R"({"password":"a"})"}, kNames).empty());
  CHECK(cloud::tokens_of({.body = R"({"name":"golden","broken)"}, kNames).empty());
}

TEST_CASE("a secret is redacted in every form in which a response may repeat it") {
  CHECK(cloud::hide("a=sec/ret b=sec%2Fret c=sec%252Fret", {"sec/ret"}) ==
        "a=(hidden) b=(hidden) c=(hidden)");
}
