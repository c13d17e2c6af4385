#include "src/cloud/huaweicloud/rules.h"

#include "src/cloud/huaweicloud/extras.h"
#include "src/cloud/huaweicloud/vendor.h"
#include "tests/cloud/rule_checks.h"

using cloud::CopySpec;
using cloud::CopyStage;
using cloud::ImageOwner;
using cloud::SourceImage;
using cloud::huaweicloud::CopyExtras;
using fakes::Members;
using fakes::repeated;
using fakes::Summaries;

namespace {

const CopySpec kAcross = fakes::copy_to("r2");
const CopySpec kInside = fakes::copy_to("r1");

CopySpec with_agency(CopySpec spec, const std::string& name) {
  spec.extras = cloud::Extras(CopyExtras{.agency_name = name});
  return spec;
}

Members violated_members(const CopySpec& spec, CopyStage stage = CopyStage::existing) {
  return fakes::violated_members(cloud::huaweicloud::vendor(), spec, stage);
}

Summaries summaries_of(const SourceImage& source, const CopySpec& spec) {
  return fakes::summaries_of(cloud::huaweicloud::vendor(), source, spec);
}

}  // namespace

TEST_CASE(
    "Huawei Cloud allows ten tags, with keys of 36 and values of 43 characters (huaweicloud/API.md 3.13)") {
  CopySpec spec = with_agency(kAcross, "a");
  for (int i = 0; i < 10; ++i) spec.tags.emplace("key-" + std::to_string(i), repeated("v", 43));
  CHECK(violated_members(spec).empty());
  spec.tags.emplace("key-10", "");
  CHECK(violated_members(spec) == Members{"tags"});
  spec.tags = {{repeated("k", 36), ""}};
  CHECK(violated_members(spec).empty());
  spec.tags = {{repeated("k", 37), ""}};
  CHECK(violated_members(spec) == Members{"tags"});
  spec.tags = {{"k", repeated("v", 44)}};
  CHECK(violated_members(spec) == Members{"tags"});
}

TEST_CASE("Huawei Cloud needs an agency across regions and encrypts only inside one") {
  CopySpec spec = kAcross;
  CHECK(violated_members(spec).empty());  // the agency of an existing image is not known
  CHECK(violated_members(spec, CopyStage::starting) == Members{"huaweicloud"});
  spec = with_agency(kAcross, "a");
  CHECK(violated_members(spec, CopyStage::starting).empty());
  spec.encrypted = true;
  spec.kms_key_id = "k";
  spec.resource_group_id = "g";
  CHECK(violated_members(spec) == Members{"encrypted", "kms_key_id", "resource_group_id"});
}

TEST_CASE("an agency and a vault that are not known yet are never refused") {
  const auto text = cloud::TextArgument::unknown();
  CopySpec spec = kAcross;
  spec.extras = cloud::Extras(CopyExtras{.agency_name = text, .vault_id = text});
  CHECK(violated_members(spec, CopyStage::starting).empty());
  spec.source_region = text;
  spec.destination_region = text;
  CHECK(violated_members(spec, CopyStage::starting).empty());
}

TEST_CASE("Huawei Cloud inside one region takes a key and none of the arguments for other regions") {
  CopySpec spec = kInside;
  spec.kms_key_id = "k";
  spec.resource_group_id = "g";
  CHECK(violated_members(spec).empty());
  spec.encrypted = false;
  CHECK(violated_members(spec) == Members{"kms_key_id"});
  spec.kms_key_id = "";
  spec.encrypted = true;
  CHECK(violated_members(spec) == Members{"kms_key_id"});
  spec.encrypted = {};
  CHECK(violated_members(with_agency(spec, "a")) == Members{"huaweicloud"});
}

TEST_CASE("names on Huawei Cloud are checked in characters and not in bytes") {
  fakes::check_texts(cloud::huaweicloud::vendor(), with_agency(kAcross, "agency"), &CopySpec::name, "name",
                     {{"ims_encrypted_copy3", true},
                      {"golden image 1.0", true},
                      {repeated("像", 128), true},
                      {repeated("a", 129), false},
                      {" golden", false},
                      {"golden ", false},
                      {"golden/1", false},
                      {"golden:1", false}});
}

TEST_CASE("descriptions on Huawei Cloud have one line of 1024 characters at most") {
  fakes::check_texts(cloud::huaweicloud::vendor(), with_agency(kAcross, "agency"), &CopySpec::description,
                     "description",
                     {{"每周", true},
                      {repeated("d", 1024), true},
                      {repeated("d", 1025), false},
                      {"a<b", false},
                      {"a>b", false},
                      {"two\nlines", false},
                      {"two\rlines", false}});
}

TEST_CASE("an agency's name has 64 characters at most") {
  CHECK(violated_members(with_agency(kAcross, repeated("a", 64))).empty());
  CHECK(violated_members(with_agency(kAcross, repeated("a", 65))) == Members{"huaweicloud"});
}

TEST_CASE("Huawei Cloud copies shared images only within their region, and only if they are not encrypted") {
  SourceImage source = fakes::source_image();
  source.owner = ImageOwner::other_account;
  CHECK(summaries_of(source, kAcross) == Summaries{"Shared Image Not Supported"});
  CHECK(summaries_of(source, kInside).empty());
  source.image.encrypted = true;
  CHECK(summaries_of(source, kInside) == Summaries{"Shared Encrypted Image Not Supported"});
}

TEST_CASE("an encrypted image cannot be copied across regions on Huawei Cloud") {
  SourceImage source = fakes::source_image();
  source.image.encrypted = true;
  CHECK(summaries_of(source, kAcross) == Summaries{"Encrypted Image Not Supported Across Regions"});
  CHECK(summaries_of(source, kInside).empty());
}

TEST_CASE("Huawei Cloud refuses the kinds of images that it does not copy") {
  SourceImage iso = fakes::source_image();
  iso.image.extras = cloud::Extras(cloud::huaweicloud::ImageExtras{.is_iso = true});
  CHECK(summaries_of(iso, kInside) == Summaries{"ISO Image Not Supported"});

  SourceImage whole = fakes::source_image();
  whole.has_data_disks = true;
  CHECK(summaries_of(whole, kInside) == Summaries{"Full-Server Image Not Supported Within a Region"});
  CHECK(summaries_of(whole, kAcross) == Summaries{"Missing Vault"});
  CopySpec spec = kAcross;
  spec.extras = cloud::Extras(CopyExtras{.vault_id = cloud::TextArgument::unknown()});
  CHECK(summaries_of(whole, spec).empty());
  spec.extras = cloud::Extras(CopyExtras{.vault_id = "v"});
  CHECK(summaries_of(whole, spec).empty());

  SourceImage windows = fakes::source_image();
  windows.image.os_type = "windows";
  CHECK(summaries_of(windows, kAcross) == Summaries{"Windows Image May Not Be Supported?"});
}
