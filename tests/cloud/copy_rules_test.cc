#include "src/cloud/copy_rules.h"

#include "src/cloud/huaweicloud/extras.h"
#include "src/cloud/vendors.h"
#include "tests/support/catch.h"

using cloud::CopySpec;
using cloud::CopyStage;
using cloud::FlagArgument;
using cloud::TextArgument;
using HuaweiCloudExtras = cloud::huaweicloud::CopyExtras;

namespace {

/// A copy from r1 to r2 that asks for nothing special.
CopySpec plain() {
  return {.source_region = "r1", .source_image_id = "m-1", .destination_region = "r2", .name = "copy"};
}

std::vector<std::string_view> blamed(std::string_view cloud, const CopySpec& wish,
                                     CopyStage stage = CopyStage::existing) {
  std::vector<std::string_view> members;
  for (const auto& violation : cloud::check_copy(*cloud::find_vendor(cloud), wish, stage))
    members.push_back(violation.member);
  return members;
}

using Blamed = std::vector<std::string_view>;

}  // namespace

TEST_CASE("arguments that are not known yet are never refused") {
  const auto text = TextArgument::unknown();
  const CopySpec unknown{.source_region = text,
                         .source_image_id = text,
                         .destination_region = text,
                         .name = text,
                         .description = text,
                         .encrypted = FlagArgument::unknown(),
                         .kms_key_id = text,
                         .resource_group_id = text,
                         .project_name = text,
                         .extras = cloud::Extras(HuaweiCloudExtras{.agency_name = text, .vault_id = text})};
  for (const char* cloud : {"alicloud", "baiducloud", "huaweicloud"}) {
    CHECK(blamed(cloud, unknown, CopyStage::starting).empty());
  }
}

TEST_CASE("Alibaba Cloud takes a key only with encryption") {
  CopySpec wish = plain();
  CHECK(blamed("alicloud", wish).empty());
  wish.kms_key_id = "k";
  CHECK(blamed("alicloud", wish) == Blamed{"kms_key_id"});
  wish.encrypted = true;
  CHECK(blamed("alicloud", wish).empty());
  wish.encrypted = FlagArgument::unknown();
  CHECK(blamed("alicloud", wish).empty());
}

TEST_CASE("Baidu AI Cloud copies to other regions only, and takes nothing but a name") {
  CopySpec wish = plain();
  CHECK(blamed("baiducloud", wish).empty());
  wish.destination_region = "r1";
  CHECK(blamed("baiducloud", wish) == Blamed{"destination_region"});
  wish = plain();
  wish.description = "d";
  wish.encrypted = false;
  wish.kms_key_id = "k";
  wish.resource_group_id = "g";
  CHECK(blamed("baiducloud", wish) == Blamed{"description", "encrypted", "kms_key_id", "resource_group_id"});
}

TEST_CASE("Huawei Cloud needs an agency across regions and encrypts only inside one") {
  CopySpec wish = plain();
  CHECK(blamed("huaweicloud", wish).empty());  // for an image that is there already, nobody knows it
  CHECK(blamed("huaweicloud", wish, CopyStage::starting) == Blamed{"huaweicloud"});
  wish.extras = cloud::Extras(HuaweiCloudExtras{.agency_name = "a"});
  CHECK(blamed("huaweicloud", wish, CopyStage::starting).empty());
  wish.encrypted = true;
  wish.kms_key_id = "k";
  wish.resource_group_id = "g";
  CHECK(blamed("huaweicloud", wish) == Blamed{"encrypted", "kms_key_id", "resource_group_id"});
}

TEST_CASE("Huawei Cloud inside one region takes a key and none of the arguments for other regions") {
  CopySpec wish = plain();
  wish.destination_region = "r1";
  wish.kms_key_id = "k";
  wish.resource_group_id = "g";
  CHECK(blamed("huaweicloud", wish).empty());
  wish.encrypted = false;
  CHECK(blamed("huaweicloud", wish) == Blamed{"kms_key_id"});
  wish.kms_key_id = "";
  wish.encrypted = true;
  CHECK(blamed("huaweicloud", wish) == Blamed{"kms_key_id"});
  wish.encrypted = {};
  wish.extras = cloud::Extras(HuaweiCloudExtras{.agency_name = "a"});
  CHECK(blamed("huaweicloud", wish) == Blamed{"huaweicloud"});
}

TEST_CASE("an image ID must not contain characters that would change a request's path") {
  CopySpec wish = plain();
  for (const char* id : {"", "a/b", "a?b", "a b", "a#b", "a,b", "a&b"}) {
    wish.source_image_id = id;
    CAPTURE(id);
    CHECK(blamed("alicloud", wish) == Blamed{"source_image_id"});
  }
}

namespace {

struct TextCase {
  std::string text;
  bool accepted = false;
};

/// What the cloud's rules say of each text in one place of an otherwise fine wish.
void check_texts(std::string_view cloud, TextArgument CopySpec::* member, std::string_view blamed_member,
                 const std::vector<TextCase>& cases) {
  for (const TextCase& each : cases) {
    CopySpec wish = plain();
    if (cloud == "huaweicloud") wish.extras = cloud::Extras(HuaweiCloudExtras{.agency_name = "agency"});
    wish.*member = each.text;
    CAPTURE(each.text);
    CHECK(blamed(cloud, wish) == (each.accepted ? Blamed{} : Blamed{blamed_member}));
  }
}

std::string repeated(std::string_view piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += piece;
  return text;
}

}  // namespace

TEST_CASE("names are checked by each cloud's rules, in characters and not in bytes") {
  check_texts("alicloud", &CopySpec::name, "name",
              {{"ab", true},
               {"镜像", true},
               {repeated("镜", 128), true},
               {"golden-2026.11:a_b", true},
               {"a", false},
               {repeated("a", 129), false},
               {"1golden", false},
               {"-golden", false},
               {"aliyun-golden", false},
               {"acs:golden", false},
               {"golden image", false},
               {"see http://example.com", false},
               {"tab\tname", false}});
  check_texts("baiducloud", &CopySpec::name, "name",
              {{"a", true}, {repeated("镜", 65), true}, {repeated("a", 66), false}, {"a/b.c-d_e", true}});
  check_texts("huaweicloud", &CopySpec::name, "name",
              {{"ims_encrypted_copy3", true},
               {"golden image 1.0", true},
               {repeated("像", 128), true},
               {repeated("a", 129), false},
               {" golden", false},
               {"golden ", false},
               {"golden/1", false},
               {"golden:1", false}});
}

TEST_CASE("descriptions are checked by each cloud's rules") {
  check_texts("alicloud", &CopySpec::description, "description",
              {{"nightly image <a> / b", true},
               {repeated("d", 256), true},
               {repeated("d", 257), false},
               {"d", false},
               {"http://example.com", false},
               {"https://example.com", false}});
  check_texts("huaweicloud", &CopySpec::description, "description",
              {{"每周", true},
               {repeated("d", 1024), true},
               {repeated("d", 1025), false},
               {"a<b", false},
               {"a>b", false},
               {"two\nlines", false},
               {"two\rlines", false}});
}

TEST_CASE("an agency's name has 64 characters at most") {
  CopySpec wish = plain();
  wish.extras = cloud::Extras(HuaweiCloudExtras{.agency_name = repeated("a", 64)});
  CHECK(blamed("huaweicloud", wish).empty());
  wish.extras = cloud::Extras(HuaweiCloudExtras{.agency_name = repeated("a", 65)});
  CHECK(blamed("huaweicloud", wish) == Blamed{"huaweicloud"});
}

TEST_CASE("a region may contain only characters that a host name may contain") {
  for (const char* cloud : {"alicloud", "baiducloud", "huaweicloud"}) {
    check_texts(cloud, &CopySpec::source_region, "source_region",
                {{"cn-north-4", true},
                 {"evil.example.com/", false},
                 {"a b", false},
                 {"a@b", false},
                 {"région", false}});
    check_texts(cloud, &CopySpec::destination_region, "destination_region",
                {{"hkg", true}, {"gz/../bj", false}});
  }
}

TEST_CASE(
    "Alibaba Cloud allows twenty tags on an existing image, and one less on a new copy, which needs one for "
    "its key") {
  CopySpec wish = plain();
  for (int i = 0; i < 20; ++i) wish.tags.emplace("key-" + std::to_string(i), "value");
  CHECK(blamed("alicloud", wish).empty());
  CHECK(blamed("alicloud", wish, CopyStage::starting) == Blamed{"tags"});
  wish.tags.erase("key-0");
  CHECK(blamed("alicloud", wish, CopyStage::starting).empty());
}

TEST_CASE("only a cloud that deletes images in use takes force_delete") {
  const cloud::DeleteOptions force{.force = true};
  CHECK(cloud::check_deletion(*cloud::find_vendor("alicloud"), force).empty());
  for (const char* cloud : {"baiducloud", "huaweicloud"}) {
    const auto violations = cloud::check_deletion(*cloud::find_vendor(cloud), force);
    REQUIRE(violations.size() == 1);
    CHECK(violations.front().member == "force_delete");
    CHECK(cloud::check_deletion(*cloud::find_vendor(cloud), {}).empty());
  }
}
