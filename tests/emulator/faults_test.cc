#include "tests/emulator/alicloud/test_client.h"
#include "tests/emulator/baiducloud/test_client.h"
#include "tests/emulator/huaweicloud/test_client.h"
#include "tests/emulator/test_support.h"

namespace emulator {
namespace {

const json kSeed = {
    {"images", {{{"cloud", "baiducloud"}, {"region", "bj"}, {"id", "m-1"}, {"name", "golden"}}}}};

void add_fault(const TestEmulator& emulator, const json& fault) {
  const ClientResponse response = emulator.control("POST", "faults", fault);
  CAPTURE(response.text);
  REQUIRE(response.status == 200);
}

ClientResponse read_image(const TestEmulator& emulator, const std::string& region = "bj") {
  return baiducloud::call(emulator, region, "GET", "/v2/image");
}

ClientResponse rename(const TestEmulator& emulator, const std::string& name) {
  return baiducloud::call(emulator, "bj", "PUT", "/v2/image/rename", {{"imageId", "m-1"}, {"name", name}});
}

json last_entry(const TestEmulator& emulator) {
  const ClientResponse response = emulator.control("GET", "requests");
  return response.body["log"].back();
}

}  // namespace

TEST_CASE("drop_before closes the connection without an effect") {
  const TestEmulator emulator(kSeed);
  add_fault(emulator, {{"effect", "drop_before"}});
  CHECK(rename(emulator, "new").status == 0);
  CHECK(emulator.image("bj", "m-1")["name"] == "golden");
  CHECK(last_entry(emulator)["fault"] == "drop_before");
  CHECK(last_entry(emulator)["status"] == 0);
  CHECK(rename(emulator, "new").status == 200);
}

TEST_CASE("drop_after has the effect and loses the response") {
  const TestEmulator emulator(kSeed);
  add_fault(emulator, {{"effect", "drop_after"}});
  CHECK(rename(emulator, "new").status == 0);
  CHECK(emulator.image("bj", "m-1")["name"] == "new");
  CHECK(last_entry(emulator)["status"] == 200);
}

TEST_CASE("reset_in_body resets the connection in the middle of the body") {
  const TestEmulator emulator(kSeed);
  add_fault(emulator, {{"effect", "reset_in_body"}, {"times", 2}});
  CHECK(read_image(emulator).status == 0);
  CHECK(rename(emulator, "new").status == 0);
  CHECK(emulator.image("bj", "m-1")["name"] == "new");
  CHECK(read_image(emulator).status == 200);
}

TEST_CASE("status rejects a request in the cloud's own form, without an effect") {
  const TestEmulator emulator(kSeed);
  add_fault(emulator, {{"effect", "status"},
                       {"status", 503},
                       {"code", "Busy"},
                       {"message", "later"},
                       {"headers", {{"Retry-After", "7"}}},
                       {"times", 3}});
  ClientResponse response = rename(emulator, "new");
  CHECK(response.status == 503);
  CHECK(response.body["code"] == "Busy");
  CHECK(response.body["message"] == "later");
  CHECK(http::find_header(response.headers, "Retry-After") == "7");
  CHECK(emulator.image("bj", "m-1")["name"] == "golden");
  response = alicloud::call(emulator, "cn-hangzhou", "DescribeRegions");
  CHECK(response.status == 503);
  CHECK(response.body["Code"] == "Busy");
  response = huaweicloud::call(emulator, "cn-north-4", "GET", "/v2/cloudimages");
  CHECK(response.status == 503);
  CHECK(response.body["error"]["title"] == "Busy");
}

TEST_CASE("a status without a code gets the cloud's usual one") {
  const TestEmulator emulator;
  add_fault(emulator, {{"effect", "status"}, {"status", 429}, {"times", 3}});
  CHECK(code_of(alicloud::call(emulator, "cn-hangzhou", "DescribeRegions")) == "Throttling.User");
  CHECK(code_of(read_image(emulator)) == "RateLimit");
  const ClientResponse response = huaweicloud::call(emulator, "cn-north-4", "GET", "/v2/cloudimages");
  CHECK(response.body["error_code"] == "APIGW.0308");
}

TEST_CASE("a refusal can have any body") {
  const TestEmulator emulator;
  add_fault(emulator,
            {{"effect", "status"}, {"status", 502}, {"body", "<html>"}, {"content_type", "text/html"}});
  const ClientResponse response = read_image(emulator);
  CHECK(response.status == 502);
  CHECK(response.text == "<html>");
  CHECK(http::find_header(response.headers, "Content-Type") == "text/html");
}

TEST_CASE("body replaces the body of a successful response") {
  const TestEmulator emulator(kSeed);
  add_fault(emulator, {{"effect", "body"}, {"body", "nonsense"}});
  const ClientResponse response = rename(emulator, "new");
  CHECK(response.status == 200);
  CHECK(response.text == "nonsense");
  CHECK(emulator.image("bj", "m-1")["name"] == "new");
}

TEST_CASE("delay and latency wait before the call has its effect") {
  const TestEmulator emulator(kSeed, {.latency = std::chrono::milliseconds(20)});
  add_fault(emulator, {{"effect", "delay"}, {"delay", "2s"}});
  CHECK(rename(emulator, "new").status == 200);
  CHECK(emulator.clock.slept() == std::chrono::milliseconds(2020));
  CHECK(rename(emulator, "newer").status == 200);
  CHECK(emulator.clock.slept() == std::chrono::milliseconds(2040));
}

TEST_CASE("a fault applies to matching requests only, after the skipped ones, a limited number of times") {
  const TestEmulator emulator(kSeed);
  add_fault(emulator, {{"effect", "status"},
                       {"status", 500},
                       {"cloud", "baiducloud"},
                       {"region", "bj"},
                       {"action", "listImages"},
                       {"skip", 1},
                       {"times", 2}});
  CHECK(alicloud::call(emulator, "cn-hangzhou", "DescribeRegions").status == 200);
  CHECK(read_image(emulator, "gz").status == 200);
  CHECK(rename(emulator, "new").status == 200);
  CHECK(read_image(emulator).status == 200);
  CHECK(read_image(emulator).status == 500);
  CHECK(emulator.control("GET", "faults").body["faults"][0]["times"] == 1);
  CHECK(read_image(emulator).status == 500);
  CHECK(read_image(emulator).status == 200);
  CHECK(emulator.control("GET", "faults").body["faults"].empty());
}

TEST_CASE("of two matching faults, the first applies and the other does not count the request") {
  const TestEmulator emulator;
  add_fault(emulator, {{"effect", "status"}, {"status", 500}});
  add_fault(emulator, {{"effect", "status"}, {"status", 503}, {"skip", 1}});
  CHECK(read_image(emulator).status == 500);
  CHECK(read_image(emulator).status == 200);
  CHECK(read_image(emulator).status == 503);
}

TEST_CASE("faults do not touch the control API, and can be cleared") {
  const TestEmulator emulator;
  add_fault(emulator, {{"effect", "drop_before"}, {"times", 1000}});
  CHECK(emulator.control("GET", "images").status == 200);
  CHECK(emulator.control("DELETE", "faults").status == 200);
  CHECK(read_image(emulator).status == 200);
}

TEST_CASE("an invalid fault is rejected with a reason") {
  const TestEmulator emulator;
  const auto error = [&](const json& fault) {
    const ClientResponse response = emulator.control("POST", "faults", fault);
    CHECK(response.status == 400);
    return response.body["error"].get<std::string>();
  };
  CHECK(error(json::object()).contains("\"effect\" is missing"));
  CHECK(error({{"effect", "explode"}}).contains("explode"));
  CHECK(error({{"effect", "status"}}).contains("\"status\" is missing"));
  CHECK(error({{"effect", "status"}, {"status", 42}}).contains("HTTP status"));
  CHECK(error({{"effect", "delay"}}).contains("\"delay\" is missing"));
  CHECK(error({{"effect", "body"}}).contains("\"body\" is missing"));
  CHECK(error({{"effect", "drop_after"}, {"times", 0}}).contains("at least 1"));
  CHECK(error({{"effect", "drop_after"}, {"cloud", "aws"}}).contains("aws"));
  CHECK(error({{"effect", "drop_after"}, {"tmies", 1}}).contains("\"tmies\""));
}

}  // namespace emulator
