#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "src/core/text.h"
#include "src/core/time_text.h"
#include "tests/emulator/alicloud/verify.h"
#include "tests/emulator/baiducloud/verify.h"
#include "tests/emulator/huaweicloud/verify.h"
#include "tests/emulator/test_support.h"

// The vendors' signatures must be accepted as they stand, and none of them once anything signed is changed.

namespace emulator {
namespace {

/// The world and the clock that one vector needs.
struct Stage {
  Switches switches;
  World world{new_world(), switches};
  RateLimit rate_limit;
  Environment environment{world, switches, rate_limit, {}};

  Stage(AccessKey key, const std::string& date, const char* pattern) {
    environment.signing_time = *core::parse_utc(date, pattern);
    world.data().access_keys[key.access_key] = std::move(key);
  }
};

std::vector<json> vectors_of(const std::string& marker) {
  const char* chosen = std::getenv("IMAGE_SIGNING_VECTORS");
  const std::filesystem::path folder =
      chosen != nullptr && *chosen != '\0' ? chosen : IMAGE_SOURCE_DIR "/tests/vectors";
  std::vector<json> vectors;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    for (json& vector : json::parse(std::ifstream(entry.path()))) {
      if (vector.contains(marker)) vectors.push_back(std::move(vector));
    }
  }
  REQUIRE(!vectors.empty());
  return vectors;
}

Request request_of(const json& vector) {
  Request request;
  request.path = "/";
  request.wire = {.method = vector["method"],
                  .host = vector["host"],
                  .path = core::percent_decode(vector["path"].get<std::string>()),
                  .body = vector.value("body", "")};
  for (const auto& [name, value] : vector["headers"].items()) {
    if (core::to_lower(name) != "host") request.wire.headers.push_back({.name = name, .value = value});
  }
  const json& query = vector["query"];
  for (const auto& [name, value] : query.items()) {
    http::QueryParameter parameter = {.name = query.is_object() ? json(name) : value[0]};
    const json& text = query.is_object() ? value : value[1];
    if (!text.is_null()) parameter.value = text;
    request.wire.query.push_back(std::move(parameter));
  }
  return request;
}

Request alicloud_request(const json& vector) {
  Request request = request_of(vector);
  if (vector["scheme_version"] == "V1") {
    request.wire.query.push_back({.name = "Signature", .value = vector["signature"]});
  } else {
    http::set_header(request.wire.headers, "Authorization", vector["authorization"]);
  }
  return request;
}

/// The code of the refusal; empty when the signature is accepted.
std::string alicloud_verdict(const json& vector, const Request& request) {
  Stage stage({.access_key = vector["access_key_id"],
               .secret_key = vector["access_key_secret"],
               .security_token = vector["security_token"]},
              vector["date"], "%Y-%m-%dT%H:%M:%SZ");
  alicloud::Nonces nonces;
  const auto key = alicloud::verify(alicloud::read_call(request), stage.environment, nonces);
  return key ? "" : key.error().code;
}

std::string baiducloud_verdict(const json& vector, const Request& request) {
  Stage stage({.access_key = vector["access_key"],
               .secret_key = vector["secret_key"],
               .security_token = vector["session_token"]},
              vector["date"], "%Y-%m-%dT%H:%M:%SZ");
  const auto key = baiducloud::verify(request, stage.environment);
  return key ? "" : key.error().code;
}

std::string huaweicloud_verdict(const json& vector, const Request& request) {
  Stage stage({.access_key = vector["access_key"],
               .secret_key = vector["secret_key"],
               .security_token = request.header("X-Security-Token")},
              vector["date"], "%Y%m%dT%H%M%SZ");
  huaweicloud::KeyLocks locks;
  const auto caller = huaweicloud::verify(request, stage.environment, locks);
  return caller ? "" : caller.error().code;
}

}  // namespace

TEST_CASE("Alibaba's published and recorded signatures are accepted, V1 and V3") {
  for (const json& vector : vectors_of("scheme_version")) {
    CAPTURE(vector["name"]);
    CHECK(alicloud_verdict(vector, alicloud_request(vector)).empty());
  }
}

TEST_CASE("Alibaba's signatures are refused once a parameter or the body has changed") {
  for (const json& vector : vectors_of("scheme_version")) {
    CAPTURE(vector["name"]);
    Request more = alicloud_request(vector);
    more.wire.query.push_back({.name = "Zone", .value = "a"});
    CHECK(alicloud_verdict(vector, more) == "SignatureDoesNotMatch");
    Request other = alicloud_request(vector);
    other.wire.method = other.wire.method == "GET" ? "POST" : "GET";
    CHECK(alicloud_verdict(vector, other) == "SignatureDoesNotMatch");
    if (other.wire.body.empty()) continue;
    Request altered = alicloud_request(vector);
    altered.wire.body += "&a=b";
    CHECK(alicloud_verdict(vector, altered) == "SignatureDoesNotMatch");
  }
}

TEST_CASE("Baidu's recorded signatures are accepted, with and without a list of headers") {
  for (const json& vector : vectors_of("signing_key")) {
    CAPTURE(vector["name"]);
    Request request = request_of(vector);
    const std::string authorization = vector["authorization"];
    http::set_header(request.wire.headers, "Authorization", authorization);
    CHECK(baiducloud_verdict(vector, request).empty());
    if (!vector["headers_to_sign"].is_null()) continue;
    auto parts = core::split(authorization, '/');
    parts[4].clear();
    http::set_header(request.wire.headers, "Authorization", core::join(parts, "/"));
    CHECK(baiducloud_verdict(vector, request).empty());
  }
}

TEST_CASE("Baidu's signatures are refused once path, query or a signed header has changed") {
  for (const json& vector : vectors_of("signing_key")) {
    CAPTURE(vector["name"]);
    Request request = request_of(vector);
    http::set_header(request.wire.headers, "Authorization", vector["authorization"]);
    Request moved = request;
    moved.wire.path += "x";
    CHECK(baiducloud_verdict(vector, moved) == "SignatureDoesNotMatch");
    Request with_query = request;
    with_query.wire.query.push_back({.name = "force", .value = std::nullopt});
    CHECK(baiducloud_verdict(vector, with_query) == "SignatureDoesNotMatch");
    Request elsewhere = request;
    elsewhere.wire.host = "bcc.other.baidubce.com";
    CHECK(baiducloud_verdict(vector, elsewhere) == "SignatureDoesNotMatch");
  }
}

TEST_CASE("Huawei's recorded signatures are accepted") {
  for (const json& vector : vectors_of("scheme")) {
    CAPTURE(vector["name"]);
    Request request = request_of(vector);
    http::set_header(request.wire.headers, "X-Sdk-Date", vector["date"]);
    http::set_header(request.wire.headers, "Authorization", vector["authorization"]);
    CHECK(huaweicloud_verdict(vector, request).empty());
  }
}

TEST_CASE("Huawei's signatures are refused once path, query, body or a signed header has changed") {
  for (const json& vector : vectors_of("scheme")) {
    CAPTURE(vector["name"]);
    Request request = request_of(vector);
    http::set_header(request.wire.headers, "X-Sdk-Date", vector["date"]);
    http::set_header(request.wire.headers, "Authorization", vector["authorization"]);
    Request moved = request;
    moved.wire.path += "x";
    CHECK(huaweicloud_verdict(vector, moved) == "APIGW.0301");
    Request with_query = request;
    with_query.wire.query.push_back({.name = "zone", .value = "a"});
    CHECK(huaweicloud_verdict(vector, with_query) == "APIGW.0301");
    Request elsewhere = request;
    elsewhere.wire.host = "ims.other.myhuaweicloud.com";
    CHECK(huaweicloud_verdict(vector, elsewhere) == "APIGW.0301");
    Request altered = request;
    altered.wire.body += " ";
    const bool body_unsigned = request.header("X-Sdk-Content-Sha256") == "UNSIGNED-PAYLOAD";
    CHECK(huaweicloud_verdict(vector, altered) == (body_unsigned ? "" : "APIGW.0301"));
  }
}

}  // namespace emulator
