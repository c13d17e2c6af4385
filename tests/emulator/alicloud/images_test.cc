#include <set>

#include "tests/emulator/alicloud/test_client.h"
#include "tests/emulator/test_support.h"

namespace emulator {
namespace {

const json kSeed = {
    {"images",
     {{{"cloud", "alicloud"},
       {"region", "cn-hangzhou"},
       {"id", "m-1"},
       {"name", "golden-2026"},
       {"tags", {{"team", "a"}}}},
      {{"cloud", "alicloud"},
       {"region", "cn-hangzhou"},
       {"id", "m-2"},
       {"name", "golden-2025"},
       {"in_use", true}},
      {{"cloud", "alicloud"},
       {"region", "cn-hangzhou"},
       {"id", "m-3"},
       {"name", "silver"},
       {"os_type", "windows"}},
      {{"cloud", "alicloud"}, {"region", "cn-hangzhou"}, {"id", "m-4"}, {"status", "Deprecated"}},
      {{"cloud", "alicloud"}, {"region", "cn-hangzhou"}, {"id", "m-5"}, {"status", "creating"}},
      {{"cloud", "alicloud"}, {"region", "cn-hangzhou"}, {"id", "m-public"}, {"kind", "public"}},
      {{"cloud", "alicloud"}, {"region", "cn-hangzhou"}, {"id", "m-market"}, {"kind", "market"}}}}};

std::set<std::string> ids(const ClientResponse& response) {
  CAPTURE(response.text);
  REQUIRE(response.status == 200);
  std::set<std::string> ids;
  for (const json& image : response.body["Images"]["Image"]) ids.insert(image["ImageId"].get<std::string>());
  return ids;
}

using Ids = std::set<std::string>;

}  // namespace

TEST_CASE("DescribeImages filters by status, ids, part of the name, owner, system and tag") {
  const TestEmulator emulator(kSeed);
  const auto find = [&](const Parameters& parameters) {
    return ids(alicloud::call(emulator, "cn-hangzhou", "DescribeImages", parameters));
  };
  CHECK(find({}) == Ids{"m-1", "m-2", "m-3", "m-public"});
  CHECK(find({{"Status", "ALL"}, {"ImageOwnerAlias", "self"}}) == Ids{"m-1", "m-2", "m-3", "m-4", "m-5"});
  CHECK(find({{"Status", "Creating,Deprecated"}}) == Ids{"m-4", "m-5"});
  CHECK(find({{"ImageId", "m-1,m-3,m-nothing"}}) == Ids{"m-1", "m-3"});
  CHECK(find({{"ImageName", "golden"}}) == Ids{"m-1", "m-2"});
  CHECK(find({{"ImageOwnerAlias", "marketplace"}}) == Ids{"m-market"});
  CHECK(find({{"OSType", "windows"}}) == Ids{"m-3"});
  CHECK(find({{"Tag.1.Key", "team"}, {"Tag.1.Value", "a"}}) == Ids{"m-1"});
  CHECK(find({{"Tag.1.Key", "team"}, {"Tag.1.Value", "b"}}).empty());
  CHECK(find({{"Status", "ALL"}, {"Usable", "true"}, {"ImageOwnerAlias", "self"}}) ==
        Ids{"m-1", "m-2", "m-3", "m-4"});
}

TEST_CASE("DescribeImages takes a hundred ids and refuses one more") {
  const TestEmulator emulator(kSeed);
  std::string list = "m-1";
  for (int n = 1; n < 100; ++n) list += ",m-x" + std::to_string(n);
  CHECK(ids(alicloud::call(emulator, "cn-hangzhou", "DescribeImages", {{"ImageId", list}})) == Ids{"m-1"});
  CHECK(code_of(alicloud::call(emulator, "cn-hangzhou", "DescribeImages", {{"ImageId", list + ",m-2"}})) ==
        "InvalidParameter");
}

TEST_CASE("DescribeImages pages, and every image is on one page") {
  json images;
  for (int n = 0; n < 23; ++n) {
    images.push_back({{"cloud", "alicloud"}, {"region", "cn-beijing"}, {"id", "m-" + std::to_string(n)}});
  }
  const TestEmulator emulator(json{{"images", images}});
  std::set<std::string> response;
  for (const auto& [page, size] :
       std::map<std::string, std::size_t>{{"1", 10}, {"2", 10}, {"3", 3}, {"4", 0}}) {
    const ClientResponse reply =
        alicloud::call(emulator, "cn-beijing", "DescribeImages", {{"PageNumber", page}});
    CHECK(reply.body["TotalCount"] == 23);
    CHECK(reply.body["Images"]["Image"].size() == size);
    response.merge(ids(reply));
  }
  CHECK(response.size() == 23);
  CHECK(ids(alicloud::call(emulator, "cn-beijing", "DescribeImages", {{"PageSize", "100"}})).size() == 23);
  CHECK(code_of(alicloud::call(emulator, "cn-beijing", "DescribeImages", {{"PageSize", "101"}})) ==
        "InvalidParameter");
}

TEST_CASE("DescribeImages refuses unknown values and unknown regions") {
  const TestEmulator emulator(kSeed);
  const auto code = [&](const Parameters& parameters) {
    return code_of(alicloud::call(emulator, "cn-hangzhou", "DescribeImages", parameters));
  };
  CHECK(code({{"Status", "available"}}) == "InvalidParameter");
  CHECK(code({{"ImageOwnerAlias", "me"}}) == "InvalidImageOwnerAlias.ValueNotSupported");
  CHECK(code({{"Usable", "true"}}) == "MissingParameter");
  CHECK(code({{"OSType", "bsd"}}) == "InvalidOSType");
  CHECK(code({{"Architecture", "mips"}}) == "InvalidArchitecture");
  CHECK(code({{"Usage", "x"}}) == "InvalidUsage");
  CHECK(code({{"Filter.1.Key", "Color"}, {"Filter.1.Value", "red"}}) == "InvalidFilterKey.NotFound");
  CHECK(code({{"IsPublic", "true"}}) == "InvalidImageOwnerAlias.PublicImageUnsupported");
  CHECK(code({{"IsPublic", "true"}, {"ImageOwnerAlias", "others"}}).empty());
  CHECK(code({{"DryRun", "true"}}) == "DryRunOperation");
  const ClientResponse response = alicloud::call(emulator, "mars", "DescribeImages");
  CHECK(response.status == 404);
  CHECK(code_of(response) == "InvalidRegionId.NotFound");
}

TEST_CASE("DeleteImage refuses images in use without Force, and those of others") {
  const TestEmulator emulator(kSeed);
  const auto remove = [&](const Parameters& parameters) {
    return alicloud::call(emulator, "cn-hangzhou", "DeleteImage", parameters);
  };
  CHECK(code_of(remove({{"ImageId", "m-2"}})) == "ImageUsingByInstance");
  CHECK(code_of(remove({{"ImageId", "m-2"}, {"Force", "true"}, {"DryRun", "true"}})) == "DryRunOperation");
  CHECK(remove({{"ImageId", "m-2"}, {"Force", "true"}}).status == 200);
  CHECK(emulator.image("cn-hangzhou", "m-2").is_null());
  CHECK(code_of(remove({{"ImageId", "m-public"}})) == "InvalidImageId.NotFound");
}

TEST_CASE("ModifyImageAttribute changes name, description and deprecation of a finished image") {
  const TestEmulator emulator(kSeed);
  const auto modify = [&](const Parameters& parameters) {
    return alicloud::call(emulator, "cn-hangzhou", "ModifyImageAttribute", parameters);
  };
  CHECK(modify({{"ImageId", "m-1"}, {"ImageName", "new"}, {"Description", "words"}}).status == 200);
  CHECK(emulator.image("cn-hangzhou", "m-1")["name"] == "new");
  CHECK(emulator.image("cn-hangzhou", "m-1")["description"] == "words");
  CHECK(modify({{"ImageId", "m-1"}, {"Status", "Deprecated"}}).status == 200);
  CHECK(emulator.image("cn-hangzhou", "m-1")["status"] == "Deprecated");
  CHECK(code_of(modify({{"ImageId", "m-1"}, {"Status", "Deprecated"}})) == "ImageStatus.NotAvailable");
  CHECK(code_of(modify({{"ImageId", "m-2"}, {"ImageName", "silver"}})) == "InvalidImageName.Duplicated");
  CHECK(code_of(modify({{"ImageId", "m-2"}, {"ImageName", "1"}})) == "InvalidImageName.Malformed");
  const ClientResponse creating = modify({{"ImageId", "m-5"}, {"ImageName", "early"}});
  CHECK(creating.status == 403);
  CHECK(code_of(creating) == "InvalidStatus.ImageIsCreating");
}

TEST_CASE("tags of Alibaba images are set, replaced, listed and removed") {
  const TestEmulator emulator(kSeed);
  const Parameters target = {{"ResourceType", "image"}, {"ResourceId.1", "m-1"}, {"ResourceId.2", "m-2"}};
  const auto call = [&](const std::string& action, Parameters parameters) {
    parameters.insert(target.begin(), target.end());
    return alicloud::call(emulator, "cn-hangzhou", action, parameters);
  };
  CHECK(call("TagResources",
             {{"Tag.1.Key", "team"}, {"Tag.1.Value", "b"}, {"Tag.2.Key", "empty"}, {"Tag.2.Value", ""}})
            .status == 200);
  CHECK(emulator.image("cn-hangzhou", "m-1")["tags"] == json{{"team", "b"}, {"empty", ""}});
  const ClientResponse list = call("ListTagResources", {});
  CHECK(list.body["TagResources"]["TagResource"].size() == 4);
  CHECK(list.body["NextToken"] == "");
  CHECK(call("UntagResources", {{"TagKey.1", "team"}}).status == 200);
  CHECK(emulator.image("cn-hangzhou", "m-2")["tags"] == json{{"empty", ""}});
  CHECK(call("UntagResources", {{"All", "true"}}).status == 200);
  CHECK(emulator.image("cn-hangzhou", "m-2")["tags"].empty());
}

TEST_CASE("tag calls of Alibaba refuse what the API documents") {
  const TestEmulator emulator(kSeed);
  const auto code = [&](Parameters parameters) {
    parameters.emplace("ResourceType", "image");
    parameters.emplace("ResourceId.1", "m-1");
    return code_of(alicloud::call(emulator, "cn-hangzhou", "TagResources", parameters));
  };
  CHECK(code({}) == "MissingParameter.Tags");
  CHECK(code({{"Tag.1.Key", "x"}}) == "MissingParameter.Tags");
  CHECK(code({{"Tag.1.Key", "acs:x"}, {"Tag.1.Value", ""}}) == "InvalidTagKey.Malformed");
  CHECK(code({{"Tag.1.Key", "x"}, {"ResourceType", "disk"}}) == "InvalidResourceType.NotFound");
  CHECK(code({{"Tag.1.Key", "x"}, {"ResourceId.1", "m-nothing"}}) == "InvalidResourceId.NotFound");
  Parameters many;
  for (int n = 1; n <= 20; ++n) {
    many["Tag." + std::to_string(n) + ".Key"] = "key" + std::to_string(n);
    many["Tag." + std::to_string(n) + ".Value"] = "";
  }
  CHECK(code(many) == "QuotaExceed.Tags");
  many["Tag.21.Key"] = "key21";
  many["Tag.21.Value"] = "";
  CHECK(code(many) == "NumberExceed.Tags");
}

TEST_CASE("images of one account are not seen by another") {
  TestEmulator emulator(
      json{{"accounts", {{{"access_key", "OTHER"}, {"secret_key", "s"}}}}, {"images", kSeed["images"]}});
  emulator.credentials = {.access_key = "OTHER", .secret_key = "s"};
  CHECK(ids(alicloud::call(emulator, "cn-hangzhou", "DescribeImages")) == Ids{"m-public"});
  CHECK(code_of(alicloud::call(emulator, "cn-hangzhou", "DeleteImage", {{"ImageId", "m-1"}})) ==
        "InvalidImageId.NotFound");
}

}  // namespace emulator
