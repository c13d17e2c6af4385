#include "src/cloud/alicloud/signature.h"
#include "src/core/random.h"
#include "src/core/text.h"
#include "src/core/time_text.h"
#include "tests/emulator/alicloud/test_client.h"
#include "tests/emulator/test_support.h"

namespace emulator {
namespace {

/// A V1 request for DescribeRegions, signed after `changes`.
http::Request v1_request(const TestEmulator& emulator, const Parameters& changes = {},
                         const std::string& method = "GET") {
  Parameters parameters = {{"AccessKeyId", emulator.credentials.access_key},
                           {"Action", "DescribeRegions"},
                           {"SignatureMethod", "HMAC-SHA1"},
                           {"SignatureNonce", core::random_uuid()},
                           {"SignatureVersion", "1.0"},
                           {"Timestamp", core::format_rfc3339(emulator.clock.utc())},
                           {"Version", "2014-05-26"}};
  for (const auto& [name, value] : changes) parameters[name] = value;
  parameters["Signature"] =
      cloud::alicloud::compute_signature_v1(method, parameters, emulator.credentials.secret_key)
          .authorization;
  http::Request request = {
      .method = method, .scheme = "http", .host = emulator.host(), .path = "/alicloud/cn-hangzhou/"};
  for (const auto& [name, value] : parameters) request.query.push_back({.name = name, .value = value});
  return request;
}

http::Request form_of(http::Request request) {
  request.method = "POST";
  std::vector<std::string> items;
  for (const http::QueryParameter& parameter : request.query) {
    items.push_back(core::percent_encode(parameter.name) + "=" + core::percent_encode(*parameter.value));
  }
  request.query.clear();
  request.body = core::join(items, "&");
  request.headers.push_back({.name = "Content-Type", .value = "application/x-www-form-urlencoded"});
  return request;
}

}  // namespace

TEST_CASE("Alibaba accepts a V3 signature and returns JSON with a request ID") {
  const TestEmulator emulator;
  const ClientResponse response = alicloud::call(emulator, "cn-hangzhou", "DescribeRegions");
  CHECK(response.status == 200);
  CHECK(response.body["Regions"]["Region"].size() > 20);
  CHECK(response.body["RequestId"].get<std::string>().size() == 36);
}

TEST_CASE("Alibaba refuses a V3 signature made with a wrong secret") {
  TestEmulator emulator;
  emulator.credentials.secret_key = "wrong";
  const ClientResponse response = alicloud::call(emulator, "cn-hangzhou", "DescribeRegions");
  CHECK(response.status == 400);
  CHECK(code_of(response) == "SignatureDoesNotMatch");
  CHECK(response.text.contains("server string to sign is:"));
  CHECK_FALSE(response.text.contains("emulator-secret-key-01"));
}

TEST_CASE("Alibaba refuses an unknown access key and a disabled one") {
  TestEmulator emulator(
      json{{"accounts", {{{"access_key", "OFF"}, {"secret_key", "s"}, {"enabled", false}}}}});
  emulator.credentials = {.access_key = "NOBODY", .secret_key = "s"};
  ClientResponse response = alicloud::call(emulator, "cn-hangzhou", "DescribeRegions");
  CHECK(response.status == 404);
  CHECK(code_of(response) == "InvalidAccessKeyId.NotFound");
  emulator.credentials.access_key = "OFF";
  response = alicloud::call(emulator, "cn-hangzhou", "DescribeRegions");
  CHECK(response.status == 400);
  CHECK(code_of(response) == "InvalidAccessKeyId.Inactive");
}

TEST_CASE("Alibaba refuses dates more than fifteen minutes off, either way, and malformed ones") {
  TestEmulator emulator;
  const http::Request early = alicloud::signed_request(emulator, "cn-hangzhou", "DescribeRegions");
  emulator.clock.advance(std::chrono::minutes(15));
  CHECK(emulator.send(early).status == 200);
  const http::Request late = alicloud::signed_request(emulator, "cn-hangzhou", "DescribeRegions");
  emulator.clock.advance(-std::chrono::minutes(16));
  CHECK(code_of(emulator.send(late)) == "InvalidTimeStamp.Expired");
  http::Request old = alicloud::signed_request(emulator, "cn-hangzhou", "DescribeRegions");
  emulator.clock.advance(std::chrono::minutes(16));
  CHECK(code_of(emulator.send(old)) == "InvalidTimeStamp.Expired");
  http::set_header(old.headers, "x-acs-date", "14 March 2026");
  CHECK(code_of(emulator.send(old)) == "InvalidTimeStamp.Format");
}

TEST_CASE("advancing the emulator's clock leaves signatures of the real time valid, a skew does not") {
  const TestEmulator emulator;
  emulator.advance("10h");
  CHECK(alicloud::call(emulator, "cn-hangzhou", "DescribeRegions").status == 200);
  emulator.switch_to("clock_skew", "-20m");
  const ClientResponse response = alicloud::call(emulator, "cn-hangzhou", "DescribeRegions");
  CHECK(code_of(response) == "InvalidTimeStamp.Expired");
  CHECK(http::find_header(response.headers, "Date") == "Sat, 14 Mar 2026 09:06:53 GMT");
}

TEST_CASE("Alibaba refuses a nonce that was used before") {
  const TestEmulator emulator;
  const http::Request request = alicloud::signed_request(emulator, "cn-hangzhou", "DescribeRegions");
  CHECK(emulator.send(request).status == 200);
  const ClientResponse response = emulator.send(request);
  CHECK(response.status == 400);
  CHECK(code_of(response) == "SignatureNonceUsed");
}

TEST_CASE("Alibaba refuses a body that is not the hashed one, and headers that are not signed") {
  const TestEmulator emulator;
  http::Request altered = alicloud::signed_request(emulator, "cn-hangzhou", "DescribeRegions");
  altered.body = "{}";
  CHECK(code_of(emulator.send(altered)) == "SignatureDoesNotMatch");
  http::Request unsigned_header = alicloud::signed_request(emulator, "cn-hangzhou", "DescribeRegions");
  unsigned_header.headers.push_back({.name = "x-acs-extra", .value = "1"});
  CHECK(code_of(emulator.send(unsigned_header)) == "SignatureDoesNotMatch");
}

TEST_CASE("Alibaba names a common header or parameter that is missing") {
  const TestEmulator emulator;
  http::Request v3 = alicloud::signed_request(emulator, "cn-hangzhou", "DescribeRegions");
  std::erase_if(v3.headers,
                [](const http::Header& header) { return header.name == "x-acs-signature-nonce"; });
  ClientResponse response = emulator.send(v3);
  CHECK(response.status == 400);
  CHECK(code_of(response) == "MissingParameter");
  CHECK(response.text.contains("x-acs-signature-nonce"));
  http::Request v1 = v1_request(emulator, {{"Format", "JSON"}});
  std::erase_if(v1.query, [](const auto& parameter) { return parameter.name == "Timestamp"; });
  response = emulator.send(v1);
  CHECK(code_of(response) == "MissingParameter");
  CHECK(response.text.contains("Timestamp"));
}

TEST_CASE("Alibaba's temporary keys need their own security token") {
  TestEmulator emulator;
  emulator.credentials = {.access_key = "EMULATORTEMPKEY0001", .secret_key = "emulator-temp-secret-01"};
  CHECK(code_of(alicloud::call(emulator, "cn-hangzhou", "DescribeRegions")) == "MissingSecurityToken");
  emulator.credentials.security_token = "another";
  CHECK(code_of(alicloud::call(emulator, "cn-hangzhou", "DescribeRegions")) ==
        "InvalidSecurityToken.MismatchWithAccessKey");
  emulator.credentials.security_token = "emulator-session-token-01";
  CHECK(alicloud::call(emulator, "cn-hangzhou", "DescribeRegions").status == 200);
}

TEST_CASE("Alibaba accepts V1 by GET and by form, in XML unless JSON is requested") {
  const TestEmulator emulator;
  const ClientResponse xml = emulator.send(v1_request(emulator));
  CHECK(xml.status == 200);
  CHECK(xml.text.contains("<DescribeRegionsResponse>"));
  CHECK(xml.text.contains("<Region><RegionId>cn-hangzhou</RegionId>"));
  const ClientResponse json_response = emulator.send(v1_request(emulator, {{"Format", "JSON"}}));
  CHECK(json_response.status == 200);
  CHECK(json_response.body["Regions"]["Region"].is_array());
  const ClientResponse form = emulator.send(form_of(v1_request(emulator, {{"Format", "json"}}, "POST")));
  CHECK(form.status == 200);
}

TEST_CASE("Alibaba refuses V1 with a wrong secret, in XML, and other signature methods") {
  TestEmulator emulator;
  CHECK(code_of(
            emulator.send(v1_request(emulator, {{"Format", "JSON"}, {"SignatureMethod", "HMAC-SHA256"}}))) ==
        "InvalidSignatureMethod");
  emulator.credentials.secret_key = "wrong";
  const ClientResponse response = emulator.send(v1_request(emulator));
  CHECK(response.status == 400);
  CHECK(response.text.contains("<Error>"));
  CHECK(response.text.contains("<Code>SignatureDoesNotMatch</Code>"));
}

TEST_CASE("Alibaba refuses unknown actions, versions and verbs") {
  const TestEmulator emulator;
  ClientResponse response = alicloud::call(emulator, "cn-hangzhou", "CopyImages");
  CHECK(response.status == 404);
  CHECK(code_of(response) == "InvalidAction.NotFound");
  CHECK(code_of(emulator.send(v1_request(emulator, {{"Format", "JSON"}, {"Version", "2015-01-01"}}))) ==
        "InvalidVersion");
  http::Request request = alicloud::signed_request(emulator, "cn-hangzhou", "DescribeRegions");
  request.method = "PUT";
  CHECK(code_of(emulator.send(request)) == "UnsupportedHTTPMethod");
}

TEST_CASE("Alibaba refuses what the key may not do, and too many calls a minute") {
  TestEmulator emulator(
      json{{"accounts",
            {{{"access_key", "LIMITED"}, {"secret_key", "s"}, {"permissions", {{"deny", {"Copy*"}}}}}}}});
  emulator.credentials = {.access_key = "LIMITED", .secret_key = "s"};
  ClientResponse response = alicloud::call(emulator, "cn-hangzhou", "CopyImage");
  CHECK(response.status == 403);
  CHECK(code_of(response) == "Forbidden.RAM");
  emulator.switch_to("calls_per_minute", 2);
  CHECK(alicloud::call(emulator, "cn-hangzhou", "DescribeImages").status == 200);
  CHECK(alicloud::call(emulator, "cn-hangzhou", "DescribeImages").status == 200);
  response = alicloud::call(emulator, "cn-hangzhou", "DescribeImages");
  CHECK(response.status == 400);
  CHECK(code_of(response) == "Throttling.User");
  CHECK(http::find_header(response.headers, "x-acs-retry-after") == "7000");
  CHECK(alicloud::call(emulator, "cn-shanghai", "DescribeImages").status == 200);
  emulator.clock.advance(std::chrono::seconds(7));
  CHECK(alicloud::call(emulator, "cn-hangzhou", "DescribeImages").status == 200);
}

TEST_CASE("an assumed role's key works until it expires") {
  TestEmulator emulator(json{{"roles", {"builder"}}});
  const Parameters role = {
      {"RoleArn", "acs:ram::1:role/builder"}, {"RoleSessionName", "test"}, {"DurationSeconds", "900"}};
  const auto assume = [&](const Parameters& parameters) {
    http::Request request = alicloud::signed_request(emulator, "cn-hangzhou", "AssumeRole", parameters);
    http::set_header(request.headers, "x-acs-version", "2015-04-01");
    cloud::alicloud::sign(request, emulator.credentials, emulator.clock.utc(), core::random_uuid());
    return emulator.send(request);
  };
  CHECK(code_of(assume({{"RoleArn", "acs:ram::1:role/other"}, {"RoleSessionName", "test"}})) ==
        "EntityNotExist.Role");
  const ClientResponse response = assume(role);
  REQUIRE(response.status == 200);
  emulator.credentials = {.access_key = response.body["Credentials"]["AccessKeyId"],
                          .secret_key = response.body["Credentials"]["AccessKeySecret"],
                          .security_token = response.body["Credentials"]["SecurityToken"]};
  CHECK(alicloud::call(emulator, "cn-hangzhou", "DescribeRegions").status == 200);
  emulator.clock.advance(std::chrono::minutes(15));
  CHECK(code_of(alicloud::call(emulator, "cn-hangzhou", "DescribeRegions")) ==
        "InvalidSecurityToken.Expired");
}

TEST_CASE("AssumeRoleWithOIDC comes unsigned") {
  const TestEmulator emulator(json{{"roles", {"builder"}}});
  http::Request request = {
      .method = "POST", .scheme = "http", .host = emulator.host(), .path = "/alicloud/cn-hangzhou/"};
  for (const auto& [name, value] : Parameters{{"Action", "AssumeRoleWithOIDC"},
                                              {"Version", "2015-04-01"},
                                              {"Format", "JSON"},
                                              {"OIDCProviderArn", "acs:ram::1:oidc-provider/ci"},
                                              {"OIDCToken", "token"},
                                              {"RoleArn", "acs:ram::1:role/builder"},
                                              {"RoleSessionName", "test"}}) {
    request.query.push_back({.name = name, .value = value});
  }
  const ClientResponse response = emulator.send(request);
  CHECK(response.status == 200);
  CHECK(response.body["Credentials"]["AccessKeyId"].get<std::string>().starts_with("STS."));
}

}  // namespace emulator
