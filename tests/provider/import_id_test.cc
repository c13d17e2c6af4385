#include "src/provider/import_id.h"

#include "tests/support/catch.h"

TEST_CASE("the import ID of an image is parsed and formatted") {
  const provider::ImportId id{.cloud = "alicloud", .region = "cn-shanghai", .image_id = "m-uf6x"};
  CHECK(provider::parse_import_id("alicloud/cn-shanghai/m-uf6x") == id);
  CHECK(provider::image_import_id("alicloud", "cn-shanghai", "m-uf6x") == "alicloud/cn-shanghai/m-uf6x");
}

TEST_CASE("the import ID of a job is parsed") {
  const provider::ImportId id{.cloud = "huaweicloud", .region = "cn-north-4", .job_id = "9a17"};
  CHECK(provider::parse_import_id("huaweicloud/cn-north-4/job/9a17") == id);
}

TEST_CASE("an invalid import ID is refused, and the error shows the valid forms") {
  for (const char* text : {"", "m-1", "alicloud/m-1", "azure/west/m-1", "alicloud//m-1", "alicloud/r/",
                           "alicloud/r/a b", "alicloud/r/job/1", "huaweicloud/r/task/1", "alicloud/r/m-1/x/y",
                           "alicloud/r/m?x=1", "alicloud/r/m\x1b[2J"}) {
    CAPTURE(text);
    const auto id = provider::parse_import_id(text);
    REQUIRE_FALSE(id);
    CHECK(id.error().find("cloud/region/image_id") != std::string::npos);
    CHECK(id.error().find('\x1b') == std::string::npos);
  }
}

TEST_CASE("a formatted import ID can be parsed again") {
  CHECK(provider::make_import_id("alicloud", "cn-shanghai", "m-uf6x") == "alicloud/cn-shanghai/m-uf6x");
  const auto job = provider::make_import_id("huaweicloud", "cn-north-4", "job/9a17");
  REQUIRE(job);
  CHECK(provider::parse_import_id(*job)->job_id == "9a17");
}

TEST_CASE("an invalid part of an import ID is refused, and the error names it") {
  const auto invalid_part = [](const char* cloud, const char* region, const char* image_id) {
    const auto id = provider::make_import_id(cloud, region, image_id);
    REQUIRE_FALSE(id);
    CHECK(id.error().text.ends_with("."));
    return id.error().part;
  };
  CHECK(invalid_part("azure", "west", "m-1") == 0);
  CHECK(invalid_part("", "west", "m-1") == 0);
  CHECK(invalid_part("alicloud", "", "m-1") == 1);
  CHECK(invalid_part("alicloud", "cn/north", "m-1") == 1);
  CHECK(invalid_part("alicloud", "cn-north", "") == 2);
  CHECK(invalid_part("alicloud", "cn-north", "m 1") == 2);
  CHECK(invalid_part("alicloud", "cn-north", "job/1") == 2);
  CHECK(invalid_part("huaweicloud", "cn-north", "job/") == 2);
}
