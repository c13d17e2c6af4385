#include "tests/emulator/huaweicloud/projects.h"
#include "tests/emulator/huaweicloud/test_client.h"
#include "tests/emulator/test_support.h"

namespace emulator {
namespace {

std::string id(int n) {
  return "00000000-0000-4000-8000-00000000000" + std::to_string(n);
}

json image(int n, json more = json::object()) {
  more.update({{"cloud", "huaweicloud"}, {"region", "cn-north-4"}, {"id", id(n)}});
  return more;
}

const json kSeed = {
    {"images",
     {image(1, {{"name", "golden"}, {"created_at", "2026-01-01T00:00:00Z"}, {"tags", {{"team", "a"}}}}),
      image(2, {{"name", "golden-2"}, {"created_at", "2026-02-01T00:00:00Z"}, {"os_type", "windows"}}),
      image(3, {{"name", "silver"}, {"created_at", "2026-03-01T00:00:00Z"}, {"protected", true}}),
      image(4, {{"name", "base"}, {"kind", "public"}, {"created_at", "2025-01-01T00:00:00Z"}}),
      image(5, {{"name", "young"}, {"status", "saving"}, {"created_at", "2026-03-02T00:00:00Z"}})}},
    {"enterprise_projects", {"eps-1"}}};

std::vector<int> numbers(const ClientResponse& response) {
  CAPTURE(response.text);
  REQUIRE(response.status == 200);
  std::vector<int> numbers;
  for (const json& image : response.body["images"]) {
    numbers.push_back(image["id"].get<std::string>().back() - '0');
  }
  return numbers;
}

using Numbers = std::vector<int>;

ClientResponse patch(const TestEmulator& emulator, int n, const json& operations) {
  return huaweicloud::call(emulator, "cn-north-4", "PATCH", "/v2/cloudimages/" + id(n), operations);
}

json operation(const char* op, const char* path, const json& value) {
  return json::array({{{"op", op}, {"path", path}, {"value", value}}});
}

std::string tags_of(int n) {
  return "/v2/" + huaweicloud::project_id_of("emulator", "cn-north-4") + "/images/" + id(n) + "/tags";
}

}  // namespace

TEST_CASE("Huawei's list filters by id, name, status, type, system, tag and time") {
  const TestEmulator emulator(kSeed);
  const auto find = [&](const std::string& query) {
    return numbers(huaweicloud::call(emulator, "cn-north-4", "GET", "/v2/cloudimages?" + query));
  };
  CHECK(find("") == Numbers{5, 3, 2, 1, 4});
  CHECK(find("id=" + id(2)) == Numbers{2});
  CHECK(find("id=" + id(9)).empty());
  CHECK(find("name=golden") == Numbers{1});
  CHECK(find("status=saving") == Numbers{5});
  CHECK(find("__imagetype=gold") == Numbers{4});
  CHECK(find("__imagetype=private&__os_type=Windows") == Numbers{2});
  CHECK(find("protected=true") == Numbers{3});
  CHECK(find("tag=team%3Da") == Numbers{1});
  CHECK(find("tag=team%3Db").empty());
  CHECK(find("created_at=gte:2026-03-01T00:00:00Z") == Numbers{5, 3});
  CHECK(find("sort_key=name&sort_dir=asc") == Numbers{4, 1, 2, 3, 5});
  CHECK(find("enterprise_project_id=all_granted_eps").size() == 5);
}

TEST_CASE("Huawei's list pages by limit and marker until an empty page") {
  const TestEmulator emulator(kSeed);
  const auto page = [&](const std::string& query) {
    return huaweicloud::call(emulator, "cn-north-4", "GET", "/v2/cloudimages?limit=2" + query);
  };
  CHECK(numbers(page("")) == Numbers{5, 3});
  CHECK(numbers(page("&marker=" + id(3))) == Numbers{2, 1});
  CHECK(numbers(page("&marker=" + id(1))) == Numbers{4});
  CHECK(numbers(page("&marker=" + id(4))).empty());
  CHECK(code_of(page("&marker=" + id(9))) == "IMG.0144");
  CHECK(huaweicloud::call(emulator, "cn-north-4", "GET", "/v2/cloudimages?limit=none").status == 400);
}

TEST_CASE("Huawei shows one image, 404 for none") {
  const TestEmulator emulator(kSeed);
  CHECK(huaweicloud::call(emulator, "cn-north-4", "GET", "/v2/images/" + id(1)).body["name"] == "golden");
  CHECK(huaweicloud::call(emulator, "cn-north-4", "GET", "/v2/images/" + id(9)).status == 404);
  CHECK(huaweicloud::call(emulator, "cn-south-1", "GET", "/v2/images/" + id(1)).status == 404);
}

TEST_CASE("Huawei deletes neither protected nor public images") {
  const TestEmulator emulator(kSeed);
  const auto code = [&](int n) {
    return code_of(huaweicloud::call(emulator, "cn-north-4", "DELETE", "/v2/images/" + id(n)));
  };
  CHECK(code(3) == "IMG.0028");
  CHECK(code(4) == "IMG.0094");
  CHECK(code(5) == "IMG.0090");
}

TEST_CASE("a Huawei update replaces what is there and adds what is not") {
  const TestEmulator emulator(kSeed);
  const ClientResponse renamed = patch(emulator, 1, operation("replace", "/name", "new name"));
  CHECK(renamed.status == 200);
  CHECK(renamed.body["name"] == "new name");
  const ClientResponse absent = patch(emulator, 1, operation("replace", "/__description", "words"));
  CHECK(absent.status == 400);
  CHECK(code_of(absent) == "IMG.0035");
  CHECK(patch(emulator, 1, operation("add", "/__description", "words")).body["__description"] == "words");
  CHECK(patch(emulator, 1, operation("replace", "/__description", "more")).body["__description"] == "more");
  const ClientResponse removed =
      patch(emulator, 1, json::array({{{"op", "remove"}, {"path", "/__description"}}}));
  CHECK_FALSE(removed.body.contains("__description"));
  CHECK(patch(emulator, 1, operation("replace", "/enterprise_project_id", "eps-1"))
            .body["enterprise_project_id"] == "eps-1");
}

TEST_CASE("max_ram is text and min_ram a number in Huawei's replies, regardless of the type sent") {
  const TestEmulator emulator(kSeed);
  CHECK(patch(emulator, 1, operation("add", "/max_ram", 4096)).body["max_ram"] == "4096");
  CHECK(patch(emulator, 1, operation("replace", "/min_ram", "1024")).body["min_ram"] == 1024);
}

TEST_CASE("a Huawei update happens as a whole or not at all") {
  const TestEmulator emulator(kSeed);
  json operations = operation("replace", "/name", "new");
  operations.push_back(operation("replace", "/max_ram", 1)[0]);
  CHECK(code_of(patch(emulator, 1, operations)) == "IMG.0035");
  CHECK(emulator.image("cn-north-4", id(1))["name"] == "golden");
}

TEST_CASE("Huawei refuses updates as the API documents") {
  const TestEmulator emulator(kSeed);
  CHECK(code_of(patch(emulator, 5, operation("replace", "/name", "new"))) == "IMG.0046");
  CHECK(code_of(patch(emulator, 4, operation("replace", "/name", "new"))) == "IMG.0047");
  CHECK(code_of(patch(emulator, 1, operation("replace", "/name", "a/b"))) == "IMG.0003");
  CHECK(code_of(patch(emulator, 1, operation("replace", "/status", "killed"))) == "IMG.0035");
  CHECK(code_of(patch(emulator, 1, operation("replace", "/enterprise_project_id", "eps-2"))) == "IMG.0155");
  CHECK(code_of(patch(emulator, 1, operation("move", "/name", "new"))) == "IMG.0001");
  CHECK(patch(emulator, 9, operation("replace", "/name", "new")).status == 404);
}

TEST_CASE("tags of Huawei images are set, replaced, listed and removed") {
  const TestEmulator emulator(kSeed);
  const auto act = [&](const char* action, const json& tags) {
    return huaweicloud::call(emulator, "cn-north-4", "POST", tags_of(1) + "/action",
                             {{"action", action}, {"tags", tags}});
  };
  const json both = {{{"key", "team"}, {"value", "b"}}, {{"key", "use"}, {"value", ""}}};
  CHECK(act("create", both).status == 204);
  CHECK(huaweicloud::call(emulator, "cn-north-4", "GET", tags_of(1)).body["tags"] == both);
  CHECK(act("delete", {{{"key", "team"}}, {{"key", "unknown"}}}).status == 204);
  CHECK(emulator.image("cn-north-4", id(1))["tags"] == json{{"use", ""}});
  CHECK(
      huaweicloud::call(emulator, "cn-north-4", "POST", tags_of(1), {{"tag", {{"key", "k"}, {"value", "v"}}}})
          .status == 204);
  CHECK(huaweicloud::call(emulator, "cn-north-4", "DELETE", tags_of(1) + "/use").status == 204);
  CHECK(huaweicloud::call(emulator, "cn-north-4", "DELETE", tags_of(1) + "/use").status == 404);
  CHECK(emulator.image("cn-north-4", id(1))["tags"] == json{{"k", "v"}});
  const std::string all = "/v2/" + huaweicloud::project_id_of("emulator", "cn-north-4") + "/images/tags";
  CHECK(huaweicloud::call(emulator, "cn-north-4", "GET", all).body["tags"] ==
        json{{{"key", "k"}, {"values", {"v"}}}});
}

TEST_CASE("Huawei refuses an eleventh tag and tags without a key") {
  const TestEmulator emulator(kSeed);
  json tags = json::array();
  for (int n = 0; n < 10; ++n) tags.push_back({{"key", "key" + std::to_string(n)}, {"value", ""}});
  const json body = {{"action", "create"}, {"tags", tags}};
  CHECK(huaweicloud::call(emulator, "cn-north-4", "POST", tags_of(2) + "/action", body).status == 204);
  CHECK(code_of(huaweicloud::call(emulator, "cn-north-4", "POST", tags_of(1) + "/action", body)) ==
        "IMG.0116");
  const json bad = {{"action", "create"}, {"tags", {{{"value", "v"}}}}};
  CHECK(code_of(huaweicloud::call(emulator, "cn-north-4", "POST", tags_of(1) + "/action", bad)) ==
        "IMG.0115");
}

TEST_CASE("Huawei's tags have keys of 36 and values of 43 characters, unless its newest page is right") {
  const TestEmulator emulator(kSeed);
  const auto code_with = [&](std::size_t key, std::size_t value) {
    const json body = {{"tag", {{"key", std::string(key, 'k')}, {"value", std::string(value, 'v')}}}};
    return code_of(huaweicloud::call(emulator, "cn-north-4", "POST", tags_of(2), body));
  };
  CHECK(code_with(36, 43).empty());
  CHECK(code_with(37, 1) == "IMG.0115");
  CHECK(code_with(1, 44) == "IMG.0115");
  emulator.switch_to("huaweicloud_long_tags", true);
  CHECK(code_with(128, 255).empty());
  CHECK(code_with(129, 1) == "IMG.0115");
}

TEST_CASE("Huawei's quota counts the private images of the region") {
  const TestEmulator emulator(kSeed);
  const ClientResponse response = huaweicloud::call(emulator, "cn-north-4", "GET", "/v1/cloudimages/quota");
  CHECK(response.body["quotas"]["resources"][0] ==
        json{{"type", "image"}, {"used", 4}, {"quota", 50}, {"min", 1}, {"max", 1000}});
}

}  // namespace emulator
