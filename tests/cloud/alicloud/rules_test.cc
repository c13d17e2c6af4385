#include "src/cloud/alicloud/rules.h"

#include "src/cloud/alicloud/extras.h"
#include "src/cloud/alicloud/vendor.h"
#include "tests/cloud/rule_checks.h"

using cloud::CopySpec;
using cloud::CopyStage;
using cloud::FlagArgument;
using cloud::ImageOwner;
using cloud::SourceImage;
using fakes::Members;
using fakes::repeated;
using fakes::Summaries;

namespace {

const CopySpec kAcross = fakes::copy_to("r2");
const CopySpec kInside = fakes::copy_to("r1");

Members violated_members(const CopySpec& spec, CopyStage stage = CopyStage::existing) {
  return fakes::violated_members(cloud::alicloud::vendor(), spec, stage);
}

Summaries summaries_of(const SourceImage& source, const CopySpec& spec) {
  return fakes::summaries_of(cloud::alicloud::vendor(), source, spec);
}

}  // namespace

TEST_CASE("Alibaba Cloud takes a key only with encryption") {
  CopySpec spec = kAcross;
  CHECK(violated_members(spec).empty());
  spec.kms_key_id = "k";
  CHECK(violated_members(spec) == Members{"kms_key_id"});
  spec.encrypted = true;
  CHECK(violated_members(spec).empty());
  spec.encrypted = FlagArgument::unknown();
  CHECK(violated_members(spec).empty());
}

TEST_CASE("names on Alibaba Cloud are checked in characters and not in bytes") {
  fakes::check_texts(cloud::alicloud::vendor(), kAcross, &CopySpec::name, "name",
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
}

TEST_CASE("descriptions on Alibaba Cloud have 2 to 256 characters and do not begin with a URL") {
  fakes::check_texts(cloud::alicloud::vendor(), kAcross, &CopySpec::description, "description",
                     {{"nightly image <a> / b", true},
                      {repeated("d", 256), true},
                      {repeated("d", 257), false},
                      {"d", false},
                      {"http://example.com", false},
                      {"https://example.com", false}});
}

TEST_CASE(
    "Alibaba Cloud allows twenty tags on an existing image, and one less on a new copy, which needs one for "
    "its key") {
  CopySpec spec = kAcross;
  for (int i = 0; i < 20; ++i) spec.tags.emplace("key-" + std::to_string(i), "value");
  CHECK(violated_members(spec).empty());
  CHECK(violated_members(spec, CopyStage::starting) == Members{"tags"});
  spec.tags.erase("key-0");
  CHECK(violated_members(spec, CopyStage::starting).empty());
}

TEST_CASE("Alibaba Cloud copies shared images only within their region, and community images not at all") {
  SourceImage source = fakes::source_image();
  source.owner = ImageOwner::other_account;
  CHECK(summaries_of(source, kAcross) == Summaries{"Shared Image Not Supported"});
  CHECK(summaries_of(source, kInside).empty());
  source.owner = ImageOwner::community;
  CHECK(summaries_of(source, kInside) == Summaries{"Community Image Not Supported"});
}

TEST_CASE("an encrypted image cannot be copied unencrypted on Alibaba Cloud") {
  SourceImage source = fakes::source_image();
  source.image.encrypted = true;
  CHECK(summaries_of(source, kAcross).empty());
  CopySpec spec = kAcross;
  spec.encrypted = false;
  CHECK(summaries_of(source, spec) == Summaries{"Unencrypted Copy Not Supported"});
}

TEST_CASE("Alibaba Cloud does not copy deprecated images, and may not copy large ones") {
  SourceImage deprecated = fakes::source_image();
  deprecated.image.extras = cloud::Extras(cloud::alicloud::ImageExtras{.is_deprecated = true});
  CHECK(summaries_of(deprecated, kAcross) == Summaries{"Deprecated Image Not Supported"});
  SourceImage large = fakes::source_image();
  large.image.size_gb = 2049;
  CHECK(summaries_of(large, kAcross) == Summaries{"Large Source Image?"});
  large.image.size_gb = 2048;
  CHECK(summaries_of(large, kAcross).empty());
}
