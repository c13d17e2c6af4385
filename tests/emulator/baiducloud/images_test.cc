#include "tests/emulator/baiducloud/test_client.h"
#include "tests/emulator/test_support.h"

namespace emulator {
namespace {

const json kSeed = {{"images",
                     {{{"cloud", "baiducloud"}, {"region", "bj"}, {"id", "m-1"}, {"name", "golden-1"}},
                      {{"cloud", "baiducloud"}, {"region", "bj"}, {"id", "m-2"}, {"name", "golden-2"}},
                      {{"cloud", "baiducloud"}, {"region", "bj"}, {"id", "m-3"}, {"name", "silver"}},
                      {{"cloud", "baiducloud"}, {"region", "bj"}, {"id", "m-4"}, {"kind", "public"}},
                      {{"cloud", "baiducloud"}, {"region", "gz"}, {"id", "m-5"}}}}};

std::vector<std::string> ids(const ClientResponse& response) {
  CAPTURE(response.text);
  REQUIRE(response.status == 200);
  std::vector<std::string> ids;
  for (const json& image : response.body["images"]) ids.push_back(image["id"]);
  return ids;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("Baidu's list filters by type and part of the name") {
  const TestEmulator emulator(kSeed);
  const auto find = [&](const std::string& query) {
    return ids(baiducloud::call(emulator, "bj", "GET", "/v2/image" + query));
  };
  CHECK(find("") == Ids{"m-1", "m-2", "m-3", "m-4"});
  CHECK(find("?imageType=Custom") == Ids{"m-1", "m-2", "m-3"});
  CHECK(find("?imageType=System") == Ids{"m-4"});
  CHECK(find("?imageType=Custom&imageName=golden") == Ids{"m-1", "m-2"});
}

TEST_CASE("Baidu's list pages by marker, and every image is on one page") {
  const TestEmulator emulator(kSeed);
  const ClientResponse first = baiducloud::call(emulator, "bj", "GET", "/v2/image?maxKeys=3");
  CHECK(ids(first) == Ids{"m-1", "m-2", "m-3"});
  CHECK(first.body["isTruncated"] == true);
  CHECK(first.body["nextMarker"] == "m-4");
  const ClientResponse second = baiducloud::call(emulator, "bj", "GET", "/v2/image?maxKeys=3&marker=m-4");
  CHECK(ids(second) == Ids{"m-4"});
  CHECK(second.body["isTruncated"] == false);
  CHECK_FALSE(second.body.contains("nextMarker"));
  CHECK(second.body["marker"] == "m-4");
  CHECK(code_of(baiducloud::call(emulator, "bj", "GET", "/v2/image?maxKeys=1001")) == "BadRequest");
}

TEST_CASE("Baidu renames custom images of the account only") {
  const TestEmulator emulator(kSeed);
  const auto rename = [&](const std::string& id, const std::string& name) {
    return baiducloud::call(emulator, "bj", "PUT", "/v2/image/rename", {{"imageId", id}, {"name", name}});
  };
  CHECK(rename("m-1", "new/name_1.0").status == 200);
  CHECK(emulator.image("bj", "m-1")["name"] == "new/name_1.0");
  CHECK(code_of(rename("m-1", "-")) == "Image.ImageNameInvalid");
  CHECK(code_of(rename("m-1", std::string(66, 'a'))) == "Image.ImageNameInvalid");
  CHECK(code_of(rename("m-4", "mine")) == "BadRequest");
  CHECK(rename("m-5", "elsewhere").status == 404);
}

TEST_CASE("a clientToken makes a repeated rename the same call, for a day after its last use") {
  const TestEmulator emulator(kSeed);
  const auto rename = [&](const std::string& name) {
    return baiducloud::call(emulator, "bj", "PUT", "/v2/image/rename?clientToken=t",
                            {{"imageId", "m-1"}, {"name", name}});
  };
  CHECK(rename("one").status == 200);
  CHECK(emulator
            .control("POST", "images/update",
                     {{"cloud", "baiducloud"}, {"region", "bj"}, {"id", "m-1"}, {"name", "other"}})
            .status == 200);
  emulator.advance("20h");
  CHECK(rename("one").status == 200);
  CHECK(emulator.image("bj", "m-1")["name"] == "other");
  emulator.advance("20h");
  const ClientResponse mismatch = rename("two");
  CHECK(mismatch.status == 403);
  CHECK(code_of(mismatch) == "IdempotentParameterMismatch");
  emulator.advance("4h");
  CHECK(rename("two").status == 200);
  CHECK(emulator.image("bj", "m-1")["name"] == "two");
}

TEST_CASE("a shared Baidu image is deleted only after it is unshared, a public one never") {
  const TestEmulator emulator(kSeed);
  const json account = {{"account", "friend"}};
  CHECK(baiducloud::call(emulator, "bj", "POST", "/v2/image/m-1?share", account).status == 200);
  const ClientResponse shared = baiducloud::call(emulator, "bj", "DELETE", "/v2/image/m-1");
  CHECK(shared.status == 409);
  CHECK(code_of(shared) == "Image.ImageHasBeenSharedToOthers");
  CHECK(baiducloud::call(emulator, "bj", "POST", "/v2/image/m-1?unshare", account).status == 200);
  CHECK(baiducloud::call(emulator, "bj", "DELETE", "/v2/image/m-1").status == 200);
  const ClientResponse other = baiducloud::call(emulator, "bj", "DELETE", "/v2/image/m-4");
  CHECK(other.status == 403);
  CHECK(code_of(other) == "Image.UnCustomImageCannotBeDeleted");
}

TEST_CASE("tags of Baidu images are bound and unbound") {
  const TestEmulator emulator(kSeed);
  const json tags = {
      {"changeTags", {{{"tagKey", "team"}, {"tagValue", "a"}}, {{"tagKey", "use"}, {"tagValue", ""}}}}};
  CHECK(baiducloud::call(emulator, "bj", "PUT", "/v2/image/m-1/tag?bind", tags).status == 200);
  CHECK(emulator.image("bj", "m-1")["tags"] == json{{"team", "a"}, {"use", ""}});
  const json team = {{"changeTags", {{{"tagKey", "team"}, {"tagValue", "a"}}}}};
  CHECK(baiducloud::call(emulator, "bj", "PUT", "/v2/image/m-1/tag?unbind", team).status == 200);
  CHECK(emulator.image("bj", "m-1")["tags"] == json{{"use", ""}});
  CHECK(code_of(baiducloud::call(emulator, "bj", "PUT", "/v2/image/m-1/tag?bind", json::object())) ==
        "InappropriateJSON");
}

TEST_CASE("Baidu lists its regions, or one") {
  const TestEmulator emulator;
  const ClientResponse all =
      baiducloud::call(emulator, "bj", "POST", "/v2/region/describeRegions", json::object());
  CHECK(all.body["regions"].size() == 10);
  const ClientResponse one =
      baiducloud::call(emulator, "bj", "POST", "/v2/region/describeRegions", {{"region", "gz"}});
  REQUIRE(one.body["regions"].size() == 1);
  CHECK(one.body["regions"][0]["regionEndpoint"] == "bcc.gz.baidubce.com");
}

}  // namespace emulator
