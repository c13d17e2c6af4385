#include "src/cloud/baiducloud/signature.h"
#include "src/core/text.h"
#include "src/core/time_text.h"
#include "tests/emulator/baiducloud/test_client.h"
#include "tests/emulator/test_support.h"

namespace emulator {
namespace {

/// Without one of the headers that `sign_baiducloud` set.
http::Request without(http::Request request, const std::string& name) {
  std::erase_if(request.headers,
                [&](const http::Header& header) { return core::equal_ignoring_case(header.name, name); });
  return request;
}

}  // namespace

TEST_CASE("Baidu accepts a signature and returns its headers") {
  const TestEmulator emulator;
  const ClientResponse response = baiducloud::call(emulator, "bj", "GET", "/v2/image");
  CHECK(response.status == 200);
  CHECK(http::find_header(response.headers, "Content-Type") == "application/json;charset=UTF-8");
  CHECK(http::find_header(response.headers, "Server") == "BWS");
  CHECK(http::find_header(response.headers, "x-bce-request-id")->size() == 36);
  CHECK(http::find_header(response.headers, "Date") == "Sat, 14 Mar 2026 09:26:53 GMT");
}

TEST_CASE("Baidu refuses a wrong secret, an unknown key and no signature at all") {
  TestEmulator emulator;
  emulator.credentials.secret_key = "wrong";
  ClientResponse response = baiducloud::call(emulator, "bj", "GET", "/v2/image");
  CHECK(response.status == 400);
  CHECK(code_of(response) == "SignatureDoesNotMatch");
  CHECK(response.body["requestId"] == *http::find_header(response.headers, "x-bce-request-id"));
  emulator.credentials.access_key = "nobody";
  response = baiducloud::call(emulator, "bj", "GET", "/v2/image");
  CHECK(response.status == 403);
  CHECK(code_of(response) == "InvalidAccessKeyId");
  const http::Request request = baiducloud::signed_request(emulator, "bj", "GET", "/v2/image");
  response = emulator.send(without(request, "Authorization"));
  CHECK(response.status == 403);
  CHECK(code_of(response) == "AccessDenied");
}

TEST_CASE("Baidu refuses an Authorization that is not bce-auth-v1 in six parts") {
  const TestEmulator emulator;
  http::Request request = baiducloud::signed_request(emulator, "bj", "GET", "/v2/image");
  const std::string good = *http::find_header(request.headers, "Authorization");
  const std::string short_signature = good.substr(0, good.size() - 1);
  const std::string no_validity = core::replace_all(good, "/1800/", "/0/");
  for (const std::string& bad : {std::string("Basic eA=="), short_signature, no_validity,
                                 core::replace_all(good, "bce-auth-v1", "bce-auth-v2"), good + "/more"}) {
    CAPTURE(bad);
    http::set_header(request.headers, "Authorization", bad);
    const ClientResponse response = emulator.send(request);
    CHECK(response.status == 400);
    CHECK(code_of(response) == "InvalidHTTPAuthHeader");
  }
}

TEST_CASE("Baidu's signatures expire, and dates may be half an hour off") {
  TestEmulator emulator;
  const http::Request request = baiducloud::signed_request(emulator, "bj", "GET", "/v2/image");
  emulator.clock.advance(std::chrono::minutes(30));
  CHECK(emulator.send(request).status == 200);
  emulator.clock.advance(std::chrono::seconds(1));
  ClientResponse response = emulator.send(request);
  CHECK(response.status == 400);
  CHECK(code_of(response) == "RequestExpired");
  const http::Request future = baiducloud::signed_request(emulator, "bj", "GET", "/v2/image");
  emulator.clock.advance(-std::chrono::minutes(31));
  CHECK(code_of(emulator.send(future)) == "RequestExpired");
}

TEST_CASE("a Baidu signature that is valid for long still needs a fresh x-bce-date") {
  TestEmulator emulator;
  http::Request request = baiducloud::signed_request(emulator, "bj", "GET", "/v2/image");
  const std::string date = core::format_rfc3339(emulator.clock.utc());
  const auto signature = cloud::baiducloud::compute_signature(request, {{"host"}}, emulator.credentials, date,
                                                              std::chrono::hours(2));
  http::set_header(request.headers, "Authorization", signature.authorization);
  emulator.clock.advance(std::chrono::minutes(31));
  CHECK(code_of(emulator.send(request)) == "RequestExpired");
  CHECK(emulator.send(without(request, "x-bce-date")).status == 200);
}

TEST_CASE("Baidu refuses what is listed as signed and missing, and a list without the host") {
  const TestEmulator emulator;
  const http::Request request = baiducloud::signed_request(emulator, "bj", "GET", "/v2/image");
  CHECK(code_of(emulator.send(without(request, "x-bce-date"))) == "SignatureDoesNotMatch");
  http::Request hostless = request;
  const auto signature = cloud::baiducloud::compute_signature(request, {{"x-bce-date"}}, emulator.credentials,
                                                              core::format_rfc3339(emulator.clock.utc()),
                                                              std::chrono::seconds(1800));
  http::set_header(hostless.headers, "Authorization", signature.authorization);
  CHECK(code_of(emulator.send(hostless)) == "SignatureDoesNotMatch");
}

TEST_CASE("Baidu takes the Authorization as a query parameter too, and a plus is no space") {
  const TestEmulator emulator;
  http::Request request = baiducloud::signed_request(emulator, "bj", "GET", "/v2/image?imageName=a+b");
  CHECK(emulator.send(request).status == 200);
  request.query.push_back(
      {.name = "authorization", .value = http::find_header(request.headers, "Authorization")});
  CHECK(emulator.send(without(request, "Authorization")).status == 200);
}

TEST_CASE("Baidu does not sign the body") {
  const TestEmulator emulator(json{{"images", {{{"cloud", "baiducloud"}, {"region", "bj"}, {"id", "m-1"}}}}});
  http::Request request = baiducloud::signed_request(emulator, "bj", "PUT", "/v2/image/rename",
                                                     {{"imageId", "m-1"}, {"name", "one"}});
  request.body = json{{"imageId", "m-1"}, {"name", "two"}}.dump();
  CHECK(emulator.send(request).status == 200);
  CHECK(emulator.image("bj", "m-1")["name"] == "two");
}

TEST_CASE("Baidu's temporary keys need their own session token") {
  TestEmulator emulator;
  emulator.credentials = {.access_key = "EMULATORTEMPKEY0001", .secret_key = "emulator-temp-secret-01"};
  CHECK(code_of(baiducloud::call(emulator, "bj", "GET", "/v2/image")) == "AccessDenied");
  emulator.credentials.security_token = "emulator-session-token-01";
  CHECK(baiducloud::call(emulator, "bj", "GET", "/v2/image").status == 200);
  emulator.credentials.security_token = "another";
  CHECK(code_of(baiducloud::call(emulator, "bj", "GET", "/v2/image")) == "AccessDenied");
}

TEST_CASE("Baidu rejects unknown versions, paths and regions before it verifies the signature") {
  TestEmulator emulator;
  emulator.credentials.secret_key = "wrong";
  ClientResponse response = baiducloud::call(emulator, "bj", "GET", "/v7/image");
  CHECK(response.status == 404);
  CHECK(code_of(response) == "InvalidVersion");
  response = baiducloud::call(emulator, "bj", "GET", "/v2/disk");
  CHECK(response.status == 400);
  CHECK(code_of(response) == "InvalidURI");
  CHECK(code_of(baiducloud::call(emulator, "mars", "GET", "/v2/image")) == "InvalidURI");
}

TEST_CASE("Baidu refuses what the key may not do, bad bodies and too many calls") {
  TestEmulator emulator(json{{"accounts",
                              {{{"access_key", "LIMITED"},
                                {"secret_key", "s"},
                                {"permissions", {{"allow", {"list*", "rename*"}}}}}}}});
  emulator.credentials = {.access_key = "LIMITED", .secret_key = "s"};
  ClientResponse response = baiducloud::call(emulator, "bj", "DELETE", "/v2/image/m-1");
  CHECK(response.status == 403);
  CHECK(code_of(response) == "AccessDenied");
  CHECK(code_of(baiducloud::call(emulator, "bj", "PUT", "/v2/image/rename", "{")) == "MalformedJSON");
  CHECK(code_of(baiducloud::call(emulator, "bj", "PUT", "/v2/image/rename", "[]")) == "InappropriateJSON");
  CHECK(code_of(baiducloud::call(emulator, "bj", "PUT", "/v2/image/rename", {{"imageId", 1}})) ==
        "InappropriateJSON");
  emulator.switch_to("calls_per_minute", 1);
  CHECK(baiducloud::call(emulator, "bj", "GET", "/v2/image").status == 200);
  response = baiducloud::call(emulator, "bj", "GET", "/v2/image");
  CHECK(response.status == 429);
  CHECK(code_of(response) == "RateLimit");
}

TEST_CASE("Baidu issues session tokens and keys of roles, which work until they expire") {
  TestEmulator emulator(json{{"roles", {"builder"}}});
  const cloud::Credentials permanent = emulator.credentials;
  for (const std::string target :
       {"/v1/sessionToken?durationSeconds=7200", "/v1/credential?assumeRole&accountId=1&roleName=builder"}) {
    CAPTURE(target);
    emulator.credentials = permanent;
    const ClientResponse response = baiducloud::call(emulator, "bj", "POST", target);
    REQUIRE(response.status == 200);
    emulator.credentials = {.access_key = response.body["accessKeyId"],
                            .secret_key = response.body["secretAccessKey"],
                            .security_token = response.body["sessionToken"]};
    CHECK(baiducloud::call(emulator, "bj", "GET", "/v2/image").status == 200);
    emulator.clock.advance(std::chrono::hours(2));
    CHECK(code_of(baiducloud::call(emulator, "bj", "GET", "/v2/image")) == "AccessDenied");
  }
  emulator.credentials = permanent;
  CHECK(code_of(baiducloud::call(emulator, "bj", "POST",
                                 "/v1/credential?assumeRole&accountId=1&roleName=x")) == "AccessDenied");
}

}  // namespace emulator
