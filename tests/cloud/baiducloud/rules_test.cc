#include "src/cloud/baiducloud/rules.h"

#include "src/cloud/baiducloud/vendor.h"
#include "tests/cloud/rule_checks.h"

using cloud::CopySpec;
using cloud::ImageOwner;
using cloud::SourceImage;
using fakes::Members;
using fakes::repeated;
using fakes::Summaries;

namespace {

const CopySpec kAcross = fakes::copy_to("r2");

Members violated_members(const CopySpec& spec) {
  return fakes::violated_members(cloud::baiducloud::vendor(), spec);
}

Summaries summaries_of(const SourceImage& source, const CopySpec& spec) {
  return fakes::summaries_of(cloud::baiducloud::vendor(), source, spec);
}

}  // namespace

TEST_CASE("Baidu AI Cloud copies to other regions only, and takes nothing but a name") {
  CopySpec spec = kAcross;
  CHECK(violated_members(spec).empty());
  spec.destination_region = "r1";
  CHECK(violated_members(spec) == Members{"destination_region"});
  spec = kAcross;
  spec.description = "d";
  spec.encrypted = false;
  spec.kms_key_id = "k";
  spec.resource_group_id = "g";
  CHECK(violated_members(spec) == Members{"description", "encrypted", "kms_key_id", "resource_group_id"});
}

TEST_CASE("names on Baidu AI Cloud have 65 characters at most") {
  fakes::check_texts(
      cloud::baiducloud::vendor(), kAcross, &CopySpec::name, "name",
      {{"a", true}, {repeated("镜", 65), true}, {repeated("a", 66), false}, {"a/b.c-d_e", true}});
}

TEST_CASE("tags on Baidu AI Cloud have 65 characters at most, of few kinds (baiducloud/API.md 3.12)") {
  struct Row {
    std::string key;
    std::string value;
    bool is_valid;
  };
  const std::vector<Row> rows = {
      {"team", "", true},
      {repeated("镜", 65), repeated("镜", 65), true},
      {repeated("k", 66), "", false},
      {"k", repeated("v", 66), false},
      {"a-b_c/d.e f", "0-9 z", true},
      {"terraform:owner", "", false},
      {"k", "a@b", false},
      {"k", "a=b", false},
      {" k", "", false},
      {"k", "v ", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.key, row.value);
    CopySpec spec = kAcross;
    spec.tags = {{row.key, row.value}};
    CHECK(violated_members(spec).empty() == row.is_valid);
  }
}

TEST_CASE("Baidu AI Cloud does not copy shared images, and none with data disks") {
  SourceImage source = fakes::source_image();
  source.owner = ImageOwner::other_account;
  CHECK(summaries_of(source, kAcross) == Summaries{"Shared Image Not Supported"});
  SourceImage whole = fakes::source_image();
  whole.has_data_disks = true;
  CHECK(summaries_of(whole, kAcross) == Summaries{"Image With Data Disks Not Supported"});
}
