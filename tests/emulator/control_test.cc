#include "tests/emulator/alicloud/test_client.h"
#include "tests/emulator/baiducloud/test_client.h"
#include "tests/emulator/huaweicloud/test_client.h"
#include "tests/emulator/test_support.h"

namespace emulator {
namespace {

const json kSeed = {
    {"images",
     {{{"cloud", "huaweicloud"}, {"region", "cn-north-4"}, {"id", "00000000-0000-4000-8000-000000000001"}},
      {{"cloud", "baiducloud"},
       {"region", "bj"},
       {"id", "m-1"},
       {"name", "golden"},
       {"copy_duration", "100s"}},
      {{"cloud", "alicloud"}, {"region", "cn-hangzhou"}, {"id", "m-2"}, {"tags", {{"a", "b"}}}},
      {{"cloud", "alicloud"}, {"region", "cn-beijing"}, {"id", "m-3"}}}}};

std::string error_of(const ClientResponse& response) {
  CAPTURE(response.text);
  REQUIRE(response.status >= 400);
  return response.body["error"];
}

std::string start_copy(const TestEmulator& emulator) {
  const ClientResponse response = baiducloud::call(emulator, "bj", "POST", "/v2/image/m-1?remoteCopy",
                                                   {{"name", "copy"}, {"destRegion", {"gz"}}});
  REQUIRE(response.status == 200);
  return response.body["result"][0]["imageId"];
}

}  // namespace

TEST_CASE("images are listed in order of cloud, region and ID, with or without filters") {
  const TestEmulator emulator(kSeed);
  const auto ids = [&](const std::string& query) {
    std::vector<std::string> found;
    const ClientResponse response = emulator.control("GET", "images" + query);
    for (const json& image : response.body["images"]) found.push_back(image["id"]);
    return found;
  };
  CHECK(ids("") == std::vector<std::string>{"m-3", "m-2", "m-1", "00000000-0000-4000-8000-000000000001"});
  CHECK(ids("?cloud=alicloud") == std::vector<std::string>{"m-3", "m-2"});
  CHECK(ids("?cloud=alicloud&region=cn-hangzhou") == std::vector<std::string>{"m-2"});
}

TEST_CASE("a copy is listed with its source, progress, job and the cloud's status") {
  const TestEmulator emulator(kSeed);
  const std::string id = start_copy(emulator);
  emulator.advance("37s");
  const json image = emulator.image("gz", id);
  CHECK(image["status"] == "dest_copying");
  CHECK(image["progress_percent"] == 37);
  CHECK(image["copied"] == true);
  CHECK(image["source_region"] == "bj");
  CHECK(image["source_image_id"] == "m-1");
  const ClientResponse jobs = emulator.control("GET", "jobs?cloud=baiducloud");
  REQUIRE(jobs.body["jobs"].size() == 1);
  CHECK(jobs.body["jobs"][0]["id"] == image["job_id"]);
  CHECK(jobs.body["jobs"][0]["state"] == "running");
  CHECK(jobs.body["jobs"][0]["image_id"] == id);
}

TEST_CASE("an image can be deleted and changed without the client") {
  const TestEmulator emulator(kSeed);
  const json key = {{"cloud", "alicloud"}, {"region", "cn-hangzhou"}, {"id", "m-2"}};
  json change = key;
  change.update(
      {{"name", "new"}, {"description", "words"}, {"tags", {{"c", "d"}}}, {"status", "Deprecated"}});
  CHECK(emulator.control("POST", "images/update", change).status == 200);
  const json image = emulator.image("cn-hangzhou", "m-2");
  CHECK(image["name"] == "new");
  CHECK(image["description"] == "words");
  CHECK(image["tags"] == json{{"c", "d"}});
  CHECK(image["status"] == "Deprecated");
  CHECK(emulator.control("POST", "images/delete", key).status == 200);
  CHECK(emulator.image("cn-hangzhou", "m-2").is_null());
  const ClientResponse again = emulator.control("POST", "images/delete", key);
  CHECK(again.status == 404);
  CHECK(error_of(again).contains("m-2"));
  CHECK(emulator.control("POST", "images/update", key).status == 404);
}

TEST_CASE("a running copy ends when its image gets a final status or is deleted") {
  const TestEmulator emulator(kSeed);
  const std::string id = start_copy(emulator);
  const json key = {{"cloud", "baiducloud"}, {"region", "gz"}, {"id", id}};
  const auto job_state = [&] { return emulator.control("GET", "jobs").body["jobs"][0]["state"]; };
  SECTION("available") {
    json change = key;
    change["status"] = "Available";
    CHECK(emulator.control("POST", "images/update", change).status == 200);
    CHECK(job_state() == "succeeded");
    CHECK(emulator.image("gz", id)["status"] == "Available");
  }
  SECTION("error") {
    json change = key;
    change["status"] = "Error";
    CHECK(emulator.control("POST", "images/update", change).status == 200);
    CHECK(job_state() == "failed");
    CHECK(emulator.image("gz", id)["status"] == "Error");
  }
  SECTION("gone") {
    CHECK(emulator.control("POST", "images/delete", key).status == 200);
    CHECK(job_state() == "failed");
    CHECK(baiducloud::call(emulator, "gz", "GET", "/v2/image/" + id).status == 404);
  }
}

TEST_CASE("all requests are counted and logged, without secrets") {
  TestEmulator emulator(kSeed);
  baiducloud::call(emulator, "bj", "GET", "/v2/image/m-1");
  baiducloud::call(emulator, "bj", "GET", "/v2/image/m-9");
  emulator.credentials.secret_key = "a-wrong-secret";
  alicloud::call(emulator, "cn-hangzhou", "DescribeImages",
                 {{"ImageId", "m-2"}, {"SecurityToken", "a-token"}});
  const ClientResponse response = emulator.control("GET", "requests");
  CHECK(response.body["counts"] ==
        json{{{"cloud", "alicloud"}, {"region", "cn-hangzhou"}, {"action", "DescribeImages"}, {"count", 1}},
             {{"cloud", "baiducloud"}, {"region", "bj"}, {"action", "getImage"}, {"count", 2}}});
  CHECK(emulator.control("GET", "counts").body == json{{"counts", response.body["counts"]}});
  const json& log = response.body["log"];
  REQUIRE(log.size() == 3);
  CHECK(log[0]["status"] == 200);
  CHECK(log[0]["image_id"] == "m-1");
  CHECK(log[0]["method"] == "GET");
  CHECK(log[0]["path"] == "/baiducloud/bj/v2/image/m-1");
  CHECK(log[0]["access_key"] == "EMULATORACCESSKEY01");
  CHECK(log[0]["at"] == "2026-03-14T09:26:53.000Z");
  CHECK(log[1]["status"] == 404);
  CHECK(log[1]["code"] == "NoSuchObject");
  CHECK(log[2]["code"] == "SignatureDoesNotMatch");
  CHECK(log[2]["query"] == "RegionId=cn-hangzhou&ImageId=m-2&SecurityToken=hidden");
  CHECK(log[2]["body"] == "");
  CHECK_FALSE(log[2]["request_id"].get<std::string>().empty());
  CHECK_FALSE(response.text.contains("a-token"));
  CHECK_FALSE(response.text.contains("secret-key"));
  CHECK(emulator.control("DELETE", "requests").status == 200);
  CHECK(emulator.control("GET", "requests").body == json{{"counts", json::array()}, {"log", json::array()}});
}

TEST_CASE("the log shows query and body as they were sent, without passwords") {
  const TestEmulator emulator(kSeed);
  start_copy(emulator);
  const json user = {
      {"name", "emulator-user"}, {"password", "emulator-password-01"}, {"domain", {{"name", "emulator"}}}};
  const json login = {{"auth", {{"identity", {{"methods", {"password"}}, {"password", {{"user", user}}}}}}}};
  CHECK(huaweicloud::call(emulator, "cn-north-4", "POST", "/v3/auth/tokens?nocatalog=true", login).status ==
        201);
  const ClientResponse response = emulator.control("GET", "requests");
  const json& log = response.body["log"];
  REQUIRE(log.size() == 2);
  CHECK(log[0]["action"] == "remoteCopy");
  CHECK(log[0]["query"] == "remoteCopy");
  CHECK(log[0]["body"] == R"({"destRegion":["gz"],"name":"copy"})");
  CHECK(log[1]["query"] == "nocatalog=true");
  CHECK(log[1]["body"].get<std::string>().contains(R"("name":"emulator-user","password":"hidden")"));
  CHECK_FALSE(response.text.contains("emulator-password"));
}

TEST_CASE("the clock can be read and only moves forward") {
  const TestEmulator emulator;
  CHECK(emulator.control("GET", "clock").body ==
        json{{"now", "2026-03-14T09:26:53.000Z"}, {"offset_seconds", 0.0}});
  const ClientResponse response = emulator.control("POST", "clock", {{"advance", "10m"}});
  CHECK(response.body == json{{"now", "2026-03-14T09:36:53.000Z"}, {"offset_seconds", 600.0}});
  CHECK(error_of(emulator.control("POST", "clock", {{"advance", "-1s"}})).contains("negative"));
  CHECK(error_of(emulator.control("POST", "clock", {{"advance", "soon"}})).contains("duration"));
  CHECK(error_of(emulator.control("POST", "clock", json::object())).contains("\"advance\" is missing"));
}

TEST_CASE("switches can be read and set by value or text, completely or not at all") {
  const TestEmulator emulator;
  CHECK(emulator.control("GET", "switches").body["alicloud_running_copies"] == 5);
  emulator.switch_to("alicloud_running_copies", "7");
  emulator.switch_to("clock_skew", "-1m30s");
  emulator.switch_to("baiducloud_source_busy", "false");
  const ClientResponse response = emulator.control("GET", "switches");
  CHECK(response.body["alicloud_running_copies"] == 7);
  CHECK(response.body["clock_skew"] == "-1m30s");
  CHECK(response.body["baiducloud_source_busy"] == false);
  const ClientResponse half =
      emulator.control("POST", "switches", {{"alicloud_image_quota", 1}, {"nonsense", true}});
  CHECK(error_of(half).contains("there is no switch \"nonsense\"; the switches are clock_skew, "));
  CHECK(emulator.control("GET", "switches").body["alicloud_image_quota"] == 100);
  CHECK(error_of(emulator.control("POST", "switches", {{"alicloud_image_quota", "many"}}))
            .contains("whole number"));
  CHECK(error_of(emulator.control("POST", "switches", {{"finish_on_cancel", 1}})).contains("true or false"));
  CHECK(error_of(emulator.control("POST", "switches", json::array())).contains("object"));
}

TEST_CASE("a seed adds what it names") {
  const TestEmulator emulator;
  const json seed = {{"regions", {{{"cloud", "baiducloud"}, {"region", "moon"}}}},
                     {"images", {{{"cloud", "baiducloud"}, {"region", "moon"}, {"id", "m-1"}}}},
                     {"switches", {{"baiducloud_image_quota", 3}}}};
  CHECK(emulator.control("POST", "seed", seed).status == 200);
  const ClientResponse response = baiducloud::call(emulator, "moon", "GET", "/v2/image/m-1");
  CHECK(response.body["image"]["name"] == "m-1");
  CHECK(response.body["image"]["diskSize"] == 40);
  CHECK(emulator.control("GET", "switches").body["baiducloud_image_quota"] == 3);
}

TEST_CASE("a seed that is wrong anywhere adds nothing and says where") {
  const TestEmulator emulator;
  const auto error = [&](const json& seed) { return error_of(emulator.control("POST", "seed", seed)); };
  const json good = {{"cloud", "baiducloud"}, {"region", "bj"}, {"id", "m-1"}};
  const auto with = [&](const json& more) {
    json image = good;
    image.update(more);
    return json{{"images", {good, image}}};
  };
  CHECK(error({{"imagse", json::array()}}).contains("\"imagse\""));
  CHECK(error({{"images", 1}}).contains("must be a list"));
  CHECK(error({{"images", {1}}}).contains("images[0] must be a JSON object"));
  CHECK(error({{"images", {{{"cloud", "baiducloud"}, {"region", "bj"}}}}}).contains("\"id\" is missing"));
  CHECK(error(with({{"color", "red"}})).contains("images[1] has unknown keys: \"color\""));
  CHECK(error(with({{"cloud", "aws"}})).contains("\"cloud\" has the unknown value \"aws\""));
  CHECK(error(with({{"region", "moon"}})).contains("unknown region \"moon\""));
  CHECK(error(with({{"size_gb", "40"}})).contains("\"size_gb\" must be a whole number"));
  CHECK(error(with({{"copy_duration", "0s"}})).contains("\"copy_duration\" must be more than zero"));
  CHECK(error(with({{"outcome", "maybe"}})).contains("maybe"));
  CHECK(error(with({{"created_at", "today"}})).contains("\"created_at\" must be a time"));
  CHECK(error({{"kms_keys",
                {{{"cloud", "alicloud"}, {"region", "cn-beijing"}, {"id", "k"}, {"state", "odd"}}}}})
            .contains("kms_keys[0]"));
  CHECK(error({{"accounts", {{{"access_key", "A"}}}}}).contains("\"secret_key\" is missing"));
  CHECK(error({{"accounts", {{{"access_key", "A"}, {"secret_key", "s"}, {"permissions", {{"block", 1}}}}}}})
            .contains("\"block\""));
  CHECK(error({{"images", {good}}, {"switches", {{"nonsense", 1}}}}).contains("nonsense"));
  CHECK(emulator.control("GET", "images").body["images"].empty());
}

TEST_CASE("the error for an unknown control call lists the existing calls") {
  const TestEmulator emulator;
  const ClientResponse unknown = emulator.control("GET", "weather");
  CHECK(unknown.status == 404);
  CHECK(error_of(unknown).contains("GET /_emulator/images"));
  CHECK(emulator.control("PUT", "images").status == 405);
  CHECK(error_of(emulator.control("POST", "faults", "{")).contains("not JSON"));
}

}  // namespace emulator
