#include "src/cloud/copy_rules.h"

#include "tests/support/catch.h"

using cloud::CopyWish;

namespace {

/// A copy from r1 to r2 that asks for nothing special.
CopyWish plain() {
  return {.source_image_id = "m-1",
          .source_region = "r1",
          .destination_region = "r2",
          .name = "copy",
          .description = "",
          .encrypted = "",
          .kms_key_id = "",
          .resource_group_id = "",
          .project_name = "",
          .agency_name = "",
          .vault_id = ""};
}

std::vector<std::string_view> blamed(std::string_view cloud, const CopyWish& wish) {
  std::vector<std::string_view> members;
  for (const auto& violation : cloud::check_copy(cloud, wish)) members.push_back(violation.member);
  return members;
}

using Blamed = std::vector<std::string_view>;

}  // namespace

TEST_CASE("what is not known yet is never refused") {
  for (const char* cloud : {"alicloud", "baiducloud", "huaweicloud"}) CHECK(blamed(cloud, {}).empty());
}

TEST_CASE("Alibaba Cloud takes a key only with encryption") {
  CopyWish wish = plain();
  CHECK(blamed("alicloud", wish).empty());
  wish.kms_key_id = "k";
  CHECK(blamed("alicloud", wish) == Blamed{"kms_key_id"});
  wish.encrypted = "true";
  CHECK(blamed("alicloud", wish).empty());
  wish.encrypted = std::nullopt;
  CHECK(blamed("alicloud", wish).empty());
}

TEST_CASE("Baidu AI Cloud copies to other regions only, and takes nothing but a name") {
  CopyWish wish = plain();
  CHECK(blamed("baiducloud", wish).empty());
  wish.destination_region = "r1";
  CHECK(blamed("baiducloud", wish) == Blamed{"destination_region"});
  wish = plain();
  wish.description = "d";
  wish.encrypted = "false";
  wish.kms_key_id = "k";
  wish.resource_group_id = "g";
  CHECK(blamed("baiducloud", wish) == Blamed{"description", "encrypted", "kms_key_id", "resource_group_id"});
}

TEST_CASE("Huawei Cloud needs an agency across regions and encrypts only inside one") {
  CopyWish wish = plain();
  CHECK(blamed("huaweicloud", wish) == Blamed{"huaweicloud"});
  wish.agency_name = "a";
  CHECK(blamed("huaweicloud", wish).empty());
  wish.encrypted = "true";
  wish.kms_key_id = "k";
  wish.resource_group_id = "g";
  CHECK(blamed("huaweicloud", wish) == Blamed{"encrypted", "kms_key_id", "resource_group_id"});
}

TEST_CASE("Huawei Cloud inside one region takes a key and none of the arguments for other regions") {
  CopyWish wish = plain();
  wish.destination_region = "r1";
  wish.kms_key_id = "k";
  wish.resource_group_id = "g";
  CHECK(blamed("huaweicloud", wish).empty());
  wish.encrypted = "false";
  CHECK(blamed("huaweicloud", wish) == Blamed{"kms_key_id"});
  wish.kms_key_id = "";
  wish.encrypted = "true";
  CHECK(blamed("huaweicloud", wish) == Blamed{"kms_key_id"});
  wish.encrypted = "";
  wish.agency_name = "a";
  CHECK(blamed("huaweicloud", wish) == Blamed{"huaweicloud"});
}

TEST_CASE("arguments of Huawei Cloud are refused on the others") {
  CopyWish wish = plain();
  wish.vault_id = "v";
  CHECK(blamed("alicloud", wish) == Blamed{"huaweicloud"});
  CHECK(blamed("baiducloud", wish) == Blamed{"huaweicloud"});
}

TEST_CASE("text that would change a call's path is no image id") {
  CopyWish wish = plain();
  for (const char* id : {"", "a/b", "a?b", "a b", "a#b", "a,b", "a&b"}) {
    wish.source_image_id = id;
    CAPTURE(id);
    CHECK(blamed("alicloud", wish) == Blamed{"source_image_id"});
  }
}
