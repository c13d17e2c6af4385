#include "src/cloud/huaweicloud/signature.h"
#include "src/core/text.h"
#include "src/core/time_text.h"
#include "tests/emulator/huaweicloud/projects.h"
#include "tests/emulator/huaweicloud/test_client.h"
#include "tests/emulator/test_support.h"

namespace emulator {
namespace {

constexpr const char* kQuota = "/v1/cloudimages/quota";

http::Request with_token(const TestEmulator& emulator, const std::string& region, const std::string& target,
                         const std::string& token) {
  http::Request request = huaweicloud::signed_request(emulator, region, "GET", target);
  request.headers = {{.name = "X-Auth-Token", .value = token}};
  return request;
}

/// IAM's reply to a login with the default user's password, in the scope of a project.
ClientResponse log_in(const TestEmulator& emulator, const std::string& project,
                      const std::string& password = "emulator-password-01") {
  const json user = {{"name", "emulator-user"}, {"password", password}, {"domain", {{"name", "emulator"}}}};
  json body;
  body["auth"]["identity"]["methods"] = {"password"};
  body["auth"]["identity"]["password"]["user"] = user;
  body["auth"]["scope"]["project"]["name"] = project;
  http::Request request =
      huaweicloud::signed_request(emulator, "cn-north-4", "POST", "/v3/auth/tokens", body);
  request.headers = {{.name = "Content-Type", .value = "application/json;charset=utf8"}};
  return emulator.send(request);
}

std::string message_of(const ClientResponse& response) {
  return response.body.is_object() ? response.body.value("error_msg", "") : "";
}

}  // namespace

TEST_CASE("Huawei accepts a signature and returns a request ID in every reply") {
  const TestEmulator emulator;
  const ClientResponse response = huaweicloud::call(emulator, "cn-north-4", "GET", kQuota);
  CHECK(response.status == 200);
  CHECK(http::find_header(response.headers, "X-Request-Id")->size() == 32);
  CHECK(http::find_header(response.headers, "Content-Type") == "application/json");
}

TEST_CASE("Huawei refuses a wrong secret with its canonical request, and an unknown key") {
  TestEmulator emulator;
  emulator.credentials.secret_key = "wrong";
  ClientResponse response = huaweicloud::call(emulator, "cn-north-4", "GET", kQuota);
  CHECK(response.status == 401);
  CHECK(code_of(response) == "APIGW.0301");
  CHECK(message_of(response).contains(
      "verify aksk signature fail,canonicalRequest:GET|/huaweicloud/cn-north-4"));
  CHECK(response.body["request_id"] == *http::find_header(response.headers, "X-Request-Id"));
  emulator.credentials.access_key = "NOBODY";
  response = huaweicloud::call(emulator, "cn-north-4", "GET", kQuota);
  CHECK(response.status == 401);
  CHECK(message_of(response).contains("ak:NOBODY,err:ak not exist"));
}

TEST_CASE("Huawei refuses requests without credentials or with a malformed Authorization") {
  const TestEmulator emulator;
  http::Request request = huaweicloud::signed_request(emulator, "cn-north-4", "GET", kQuota);
  const std::string good = *http::find_header(request.headers, "Authorization");
  http::set_header(request.headers, "Authorization", core::replace_all(good, "SDK-HMAC-SHA256", "SDK-HMAC"));
  CHECK(emulator.send(request).status == 401);
  http::set_header(request.headers, "Authorization", core::replace_all(good, "x-sdk-date", "date"));
  CHECK(message_of(emulator.send(request)).contains("X-Sdk-Date"));
  request.headers.clear();
  const ClientResponse response = emulator.send(request);
  CHECK(response.status == 401);
  CHECK(message_of(response).ends_with("x-auth-token not found"));
}

TEST_CASE("Huawei refuses dates more than fifteen minutes off, either way") {
  TestEmulator emulator;
  const http::Request early = huaweicloud::signed_request(emulator, "cn-north-4", "GET", kQuota);
  emulator.clock.advance(std::chrono::minutes(15));
  CHECK(emulator.send(early).status == 200);
  emulator.clock.advance(std::chrono::seconds(1));
  const ClientResponse response = emulator.send(early);
  CHECK(response.status == 401);
  CHECK(message_of(response).ends_with(
      "signature expired, signature time:20260314T092653Z,server time:20260314T094154Z"));
  const http::Request late = huaweicloud::signed_request(emulator, "cn-north-4", "GET", kQuota);
  emulator.clock.advance(-std::chrono::minutes(16));
  CHECK(message_of(emulator.send(late)).contains("signature expired"));
}

TEST_CASE("Huawei verifies just the headers that are listed, and all of those") {
  const TestEmulator emulator;
  http::Request request = huaweicloud::signed_request(emulator, "cn-north-4", "GET", kQuota);
  const std::string date = core::format_basic(emulator.clock.utc());
  const auto sign_only = [&](const std::vector<std::string>& names) {
    const auto signature = cloud::huaweicloud::compute_signature(request, names, emulator.credentials, date);
    http::set_header(request.headers, "Authorization", signature.authorization);
  };
  sign_only({"x-sdk-date"});
  request.headers.push_back({.name = "X-Unsigned", .value = "1"});
  CHECK(emulator.send(request).status == 200);
  sign_only({"x-missing", "x-sdk-date"});
  CHECK(message_of(emulator.send(request)).contains("x-missing"));
}

TEST_CASE("Huawei refuses an altered body, unless the payload is declared unsigned") {
  const TestEmulator emulator;
  const std::string target = "/v1/cloudimages/465076de-dc36-4aec-80f5-ef9d8009428f/copy";
  http::Request request =
      huaweicloud::signed_request(emulator, "cn-north-4", "POST", target, {{"name", "a"}});
  request.body = R"({"name":"b"})";
  CHECK(emulator.send(request).status == 401);
  http::set_header(request.headers, "X-Sdk-Content-Sha256", "UNSIGNED-PAYLOAD");
  http::set_header(request.headers, "Authorization", "");
  std::erase_if(request.headers, [](const http::Header& header) { return header.name == "Authorization"; });
  cloud::huaweicloud::sign(request, emulator.credentials, emulator.clock.utc());
  request.body = R"({"name":"c"})";
  CHECK(code_of(emulator.send(request)) == "IMG.0027");
}

TEST_CASE("Huawei's temporary keys need their own security token, which may travel unsigned") {
  TestEmulator emulator;
  emulator.credentials = {.access_key = "EMULATORTEMPKEY0001", .secret_key = "emulator-temp-secret-01"};
  http::Request request = huaweicloud::signed_request(emulator, "cn-north-4", "GET", kQuota);
  CHECK(emulator.send(request).status == 401);
  request.headers.push_back({.name = "X-Security-Token", .value = "another"});
  CHECK(emulator.send(request).status == 401);
  http::set_header(request.headers, "X-Security-Token", "emulator-session-token-01");
  CHECK(emulator.send(request).status == 200);
}

TEST_CASE("a Huawei key is locked for five minutes at its sixth failure in a row, when switched so") {
  TestEmulator emulator;
  const cloud::Credentials good = emulator.credentials;
  const auto fail_times = [&](int times) {
    emulator.credentials.secret_key = "wrong";
    for (int n = 0; n < times; ++n) huaweicloud::call(emulator, "cn-north-4", "GET", kQuota);
    emulator.credentials = good;
  };
  fail_times(6);
  CHECK(huaweicloud::call(emulator, "cn-north-4", "GET", kQuota).status == 200);
  emulator.switch_to("huaweicloud_lock_keys", true);
  fail_times(5);
  CHECK(huaweicloud::call(emulator, "cn-north-4", "GET", kQuota).status == 200);
  fail_times(6);
  CHECK(message_of(huaweicloud::call(emulator, "cn-north-4", "GET", kQuota))
            .ends_with("reach the limit,forbidden"));
  emulator.clock.advance(std::chrono::minutes(5));
  CHECK(huaweicloud::call(emulator, "cn-north-4", "GET", kQuota).status == 200);
}

TEST_CASE("Huawei's gateway knows neither foreign paths nor foreign regions") {
  TestEmulator emulator;
  emulator.credentials.secret_key = "wrong";
  ClientResponse response = huaweicloud::call(emulator, "cn-north-4", "GET", "/v9/cloudimages");
  CHECK(response.status == 404);
  CHECK(code_of(response) == "APIGW.0101");
  CHECK(huaweicloud::call(emulator, "mars", "GET", kQuota).status == 404);
}

TEST_CASE("Huawei's gateway takes bodies of up to twelve megabytes") {
  const TestEmulator emulator;
  const std::string target = "/v1/cloudimages/465076de-dc36-4aec-80f5-ef9d8009428f/copy";
  const std::string name = R"({"name":"a"})";
  const std::string body = name + std::string(std::size_t{12} * 1024 * 1024 - name.size(), ' ');
  CHECK(code_of(huaweicloud::call(emulator, "cn-north-4", "POST", target, body)) == "IMG.0027");
  const ClientResponse response = huaweicloud::call(emulator, "cn-north-4", "POST", target, body + " ");
  CHECK(response.status == 413);
  CHECK(code_of(response) == "APIGW.0201");
}

TEST_CASE("Huawei refuses what the key may not do, and too many calls a minute") {
  TestEmulator emulator(json{
      {"accounts",
       {{{"access_key", "LIMITED"}, {"secret_key", "s"}, {"permissions", {{"deny", {"ListImages"}}}}}}}});
  emulator.credentials = {.access_key = "LIMITED", .secret_key = "s"};
  ClientResponse response = huaweicloud::call(emulator, "cn-north-4", "GET", "/v2/cloudimages");
  CHECK(response.status == 403);
  CHECK(code_of(response) == "IMG.0026");
  emulator.switch_to("calls_per_minute", 1);
  CHECK(huaweicloud::call(emulator, "cn-north-4", "GET", kQuota).status == 200);
  response = huaweicloud::call(emulator, "cn-north-4", "GET", kQuota);
  CHECK(response.status == 429);
  CHECK(code_of(response) == "APIGW.0308");
}

TEST_CASE("Huawei's projects have the same id always and the region's name") {
  const TestEmulator emulator(json{{"projects", {{{"region", "cn-south-1"}, {"name", "cn-south-1_sub"}}}}});
  const ClientResponse one = huaweicloud::call(emulator, "cn-north-4", "GET", "/v3/projects?name=cn-north-4");
  REQUIRE(one.body["projects"].size() == 1);
  CHECK(one.body["projects"][0]["id"] == huaweicloud::project_id_of("emulator", "cn-north-4"));
  CHECK(one.body["projects"][0]["id"].get<std::string>().size() == 32);
  CHECK(huaweicloud::call(emulator, "cn-north-4", "GET", "/v3/projects?name=cn-south-1_sub")
            .body["projects"]
            .size() == 1);
  CHECK(huaweicloud::call(emulator, "cn-north-4", "GET", "/v3/projects?name=mars").body["projects"].empty());
}

TEST_CASE("a Huawei call works in the project that is named, if it is one of the region") {
  const TestEmulator emulator(json{{"projects", {{{"region", "cn-south-1"}, {"name", "cn-south-1_sub"}}}}});
  const auto list = [&](const std::string& region, const std::string& project) {
    http::Request request = huaweicloud::signed_request(emulator, region, "GET", "/v2/cloudimages");
    request.headers.push_back(
        {.name = "X-Project-Id", .value = huaweicloud::project_id_of("emulator", project)});
    return emulator.send(request);
  };
  CHECK(list("cn-south-1", "cn-south-1").status == 200);
  CHECK(list("cn-south-1", "cn-south-1_sub").status == 200);
  CHECK(code_of(list("cn-north-4", "cn-south-1")) == "IMG.0030");
  const std::string other = huaweicloud::project_id_of("emulator", "cn-south-1_sub");
  http::Request job = huaweicloud::signed_request(emulator, "cn-south-1", "GET", "/v1/" + other + "/jobs/x");
  job.headers.push_back(
      {.name = "X-Project-Id", .value = huaweicloud::project_id_of("emulator", "cn-south-1")});
  CHECK(code_of(emulator.send(job)) == "IMG.0067");
}

TEST_CASE(
    "a Huawei token is issued for a password, is valid in its project's region, and expires after a day") {
  TestEmulator emulator;
  CHECK(log_in(emulator, "cn-north-4", "wrong").status == 401);
  CHECK(log_in(emulator, "mars").status == 404);
  const ClientResponse response = log_in(emulator, "cn-north-4");
  REQUIRE(response.status == 201);
  CHECK(response.body["token"]["project"]["id"] == huaweicloud::project_id_of("emulator", "cn-north-4"));
  CHECK(response.body["token"]["expires_at"] == "2026-03-15T09:26:53.000000Z");
  const std::string token = *http::find_header(response.headers, "X-Subject-Token");
  CHECK(emulator.send(with_token(emulator, "cn-north-4", kQuota, token)).status == 200);
  CHECK(code_of(emulator.send(with_token(emulator, "cn-south-1", kQuota, token))) == "IMG.0030");
  CHECK(message_of(emulator.send(with_token(emulator, "cn-north-4", kQuota, "x")))
            .ends_with("decrypt token fail"));
  emulator.clock.advance(std::chrono::hours(24));
  CHECK(
      message_of(emulator.send(with_token(emulator, "cn-north-4", kQuota, token))).contains("token expires"));
}

TEST_CASE("Huawei's temporary keys come from a token or an agency") {
  TestEmulator emulator(json{{"agencies", {"builders"}}});
  json body;
  body["auth"]["identity"]["methods"] = {"assume_role"};
  body["auth"]["identity"]["assume_role"] = {
      {"domain_name", "emulator"}, {"agency_name", "builders"}, {"duration_seconds", 900}};
  const std::string target = "/v3.0/OS-CREDENTIAL/securitytokens";
  const ClientResponse response = huaweicloud::call(emulator, "cn-north-4", "POST", target, body);
  REQUIRE(response.status == 201);
  body["auth"]["identity"]["assume_role"]["agency_name"] = "others";
  CHECK(huaweicloud::call(emulator, "cn-north-4", "POST", target, body).status == 404);
  const json credential = response.body["credential"];
  emulator.credentials = {.access_key = credential["access"],
                          .secret_key = credential["secret"],
                          .security_token = credential["securitytoken"]};
  CHECK(huaweicloud::call(emulator, "cn-north-4", "GET", kQuota).status == 200);
  emulator.clock.advance(std::chrono::minutes(15));
  CHECK(message_of(huaweicloud::call(emulator, "cn-north-4", "GET", kQuota)).contains("token expires"));

  const std::string token = *http::find_header(log_in(emulator, "cn-north-4").headers, "X-Subject-Token");
  json by_token;
  by_token["auth"]["identity"]["methods"] = {"token"};
  http::Request request = huaweicloud::signed_request(emulator, "cn-north-4", "POST", target, by_token);
  request.headers = {{.name = "X-Auth-Token", .value = token},
                     {.name = "Content-Type", .value = "application/json"}};
  CHECK(emulator.send(request).status == 201);
}

TEST_CASE("Huawei lists domains and regions") {
  const TestEmulator emulator;
  const ClientResponse domains = huaweicloud::call(emulator, "cn-north-4", "GET", "/v3/auth/domains");
  CHECK(domains.body["domains"][0]["name"] == "emulator");
  const ClientResponse regions = huaweicloud::call(emulator, "cn-north-4", "GET", "/v3/regions");
  CHECK(regions.text.contains(R"("id":"region-1","type":"public")"));
}

}  // namespace emulator
