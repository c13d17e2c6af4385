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

/// A copy from r1 to r2 without optional arguments.
CopySpec plain() {
  return {.source_region = "r1", .source_image_id = "m-1", .destination_region = "r2", .name = "copy"};
}

std::vector<std::string_view> violated_members(std::string_view cloud, const CopySpec& spec,
                                               CopyStage stage = CopyStage::existing) {
  std::vector<std::string_view> members;
  for (const auto& violation : cloud::check_copy(*cloud::find_vendor(cloud), spec, stage))
    members.push_back(violation.member);
  return members;
}

using Members = std::vector<std::string_view>;

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
    CHECK(violated_members(cloud, unknown, CopyStage::starting).empty());
  }
}

TEST_CASE("Alibaba Cloud takes a key only with encryption") {
  CopySpec spec = plain();
  CHECK(violated_members("alicloud", spec).empty());
  spec.kms_key_id = "k";
  CHECK(violated_members("alicloud", spec) == Members{"kms_key_id"});
  spec.encrypted = true;
  CHECK(violated_members("alicloud", spec).empty());
  spec.encrypted = FlagArgument::unknown();
  CHECK(violated_members("alicloud", spec).empty());
}

TEST_CASE("Baidu AI Cloud copies to other regions only, and takes nothing but a name") {
  CopySpec spec = plain();
  CHECK(violated_members("baiducloud", spec).empty());
  spec.destination_region = "r1";
  CHECK(violated_members("baiducloud", spec) == Members{"destination_region"});
  spec = plain();
  spec.description = "d";
  spec.encrypted = false;
  spec.kms_key_id = "k";
  spec.resource_group_id = "g";
  CHECK(violated_members("baiducloud", spec) ==
        Members{"description", "encrypted", "kms_key_id", "resource_group_id"});
}

TEST_CASE("Huawei Cloud needs an agency across regions and encrypts only inside one") {
  CopySpec spec = plain();
  CHECK(violated_members("huaweicloud", spec).empty());  // the agency of an existing image is not known
  CHECK(violated_members("huaweicloud", spec, CopyStage::starting) == Members{"huaweicloud"});
  spec.extras = cloud::Extras(HuaweiCloudExtras{.agency_name = "a"});
  CHECK(violated_members("huaweicloud", spec, CopyStage::starting).empty());
  spec.encrypted = true;
  spec.kms_key_id = "k";
  spec.resource_group_id = "g";
  CHECK(violated_members("huaweicloud", spec) == Members{"encrypted", "kms_key_id", "resource_group_id"});
}

TEST_CASE("Huawei Cloud inside one region takes a key and none of the arguments for other regions") {
  CopySpec spec = plain();
  spec.destination_region = "r1";
  spec.kms_key_id = "k";
  spec.resource_group_id = "g";
  CHECK(violated_members("huaweicloud", spec).empty());
  spec.encrypted = false;
  CHECK(violated_members("huaweicloud", spec) == Members{"kms_key_id"});
  spec.kms_key_id = "";
  spec.encrypted = true;
  CHECK(violated_members("huaweicloud", spec) == Members{"kms_key_id"});
  spec.encrypted = {};
  spec.extras = cloud::Extras(HuaweiCloudExtras{.agency_name = "a"});
  CHECK(violated_members("huaweicloud", spec) == Members{"huaweicloud"});
}

TEST_CASE("an image ID must not contain characters that would change a request's path") {
  CopySpec spec = plain();
  for (const char* id : {"", "a/b", "a?b", "a b", "a#b", "a,b", "a&b"}) {
    spec.source_image_id = id;
    CAPTURE(id);
    CHECK(violated_members("alicloud", spec) == Members{"source_image_id"});
  }
}

namespace {

struct TextCase {
  std::string text;
  bool accepted = false;
};

/// Checks which texts the cloud's rules accept for one member of an otherwise valid spec.
void check_texts(std::string_view cloud, TextArgument CopySpec::* member, std::string_view violated_member,
                 const std::vector<TextCase>& cases) {
  for (const TextCase& each : cases) {
    CopySpec spec = plain();
    if (cloud == "huaweicloud") spec.extras = cloud::Extras(HuaweiCloudExtras{.agency_name = "agency"});
    spec.*member = each.text;
    CAPTURE(each.text);
    CHECK(violated_members(cloud, spec) == (each.accepted ? Members{} : Members{violated_member}));
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
  CopySpec spec = plain();
  spec.extras = cloud::Extras(HuaweiCloudExtras{.agency_name = repeated("a", 64)});
  CHECK(violated_members("huaweicloud", spec).empty());
  spec.extras = cloud::Extras(HuaweiCloudExtras{.agency_name = repeated("a", 65)});
  CHECK(violated_members("huaweicloud", spec) == Members{"huaweicloud"});
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
  CopySpec spec = plain();
  for (int i = 0; i < 20; ++i) spec.tags.emplace("key-" + std::to_string(i), "value");
  CHECK(violated_members("alicloud", spec).empty());
  CHECK(violated_members("alicloud", spec, CopyStage::starting) == Members{"tags"});
  spec.tags.erase("key-0");
  CHECK(violated_members("alicloud", spec, CopyStage::starting).empty());
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
