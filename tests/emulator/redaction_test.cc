#include "tests/emulator/redaction.h"

#include "tests/support/catch.h"

namespace emulator {
namespace {

constexpr const char* kForm = "application/x-www-form-urlencoded; charset=utf-8";

std::string body(const std::string& text, const std::string& type = "application/json") {
  return redacted_body({{.name = "content-type", .value = type}}, text);
}

}  // namespace

TEST_CASE("what signs or authenticates is hidden in a query, in any spelling") {
  CHECK(redacted_query({{.name = "ImageId", .value = "m-1"},
                        {.name = "SecurityToken", .value = "a"},
                        {.name = "Signature", .value = "b"},
                        {.name = "x-bce-security-token", .value = "c"},
                        {.name = "authorization", .value = "d"},
                        {.name = "remoteCopy", .value = std::nullopt}}) ==
        "ImageId=m-1&SecurityToken=hidden&Signature=hidden&x-bce-security-token=hidden&authorization=hidden&"
        "remoteCopy");
  CHECK(redacted_query({}).empty());
}

TEST_CASE("client tokens and page tokens are not hidden") {
  CHECK(redacted_query({{.name = "ClientToken", .value = "a"}, {.name = "NextToken", .value = "b"}}) ==
        "ClientToken=a&NextToken=b");
}

TEST_CASE("a form is shown without what authenticates") {
  CHECK(body("RoleArn=acs%3Aram&OIDCToken=a.b.c&Name=a+b", kForm) ==
        "RoleArn=acs%3Aram&OIDCToken=hidden&Name=a%20b");
}

TEST_CASE("JSON without secrets is shown as it was sent") {
  const std::string text = R"({ "name": "golden", "methods": ["password", "token"], "image_tags": [ ] })";
  CHECK(body(text) == text);
  CHECK(body("").empty());
}

TEST_CASE("passwords, secret keys and tokens are hidden in JSON") {
  CHECK(body(R"({"password":{"user":{"name":"u","id":"i","password":"secret"}}})") ==
        R"({"password":{"user":{"name":"u","id":"i","password":"hidden"}}})");
  CHECK(body(R"({"identity":{"methods":["token"],"token":{"id":"secret","duration_seconds":900}}})") ==
        R"({"identity":{"methods":["token"],"token":{"id":"hidden","duration_seconds":900}}})");
  CHECK(body(R"({"auth":{"id_token":{"id":"secret"}}})") == R"({"auth":{"id_token":{"id":"hidden"}}})");
  CHECK(body(R"({"secretAccessKey":"secret","session_token":["secret"]})") ==
        R"({"secretAccessKey":"hidden","session_token":["hidden"]})");
}

TEST_CASE("JSON that is nested too deeply is hidden below that depth") {
  const std::string deep = std::string(20'000, '[') + std::string(20'000, ']');
  CHECK(body(deep).contains(R"(["hidden"])"));
}

TEST_CASE("a body that cannot be parsed or is too long is replaced by its size") {
  CHECK(body(R"({"password":"secret)") == "(19 bytes)");
  CHECK(body("\"secret\"") == "(8 bytes)");
  CHECK(body("secret", "text/plain") == "(6 bytes)");
  CHECK(body("{\"name\":\"" + std::string(69'989, 'a') + "\"}") == "(70000 bytes)");
}

}  // namespace emulator
