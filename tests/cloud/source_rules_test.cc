#include "src/cloud/source_rules.h"

#include "src/cloud/alicloud/extras.h"
#include "src/cloud/huaweicloud/extras.h"
#include "src/cloud/vendors.h"
#include "tests/support/catch.h"

using cloud::CopySpec;
using cloud::CopyState;
using cloud::ImageOwner;
using cloud::SourceImage;

namespace {

SourceImage plain() {
  return {.state = CopyState::available, .image = {.id = "m-1", .name = "golden", .size_gb = 40}};
}

CopySpec spec_to(const std::string& destination) {
  return {.source_region = "r1", .source_image_id = "m-1", .destination_region = destination, .name = "copy"};
}

const CopySpec kAcross = spec_to("r2");
const CopySpec kInside = spec_to("r1");

/// The summaries of the violations, with a question mark after doubts.
std::vector<std::string> summaries_of(std::string_view cloud, const SourceImage& source,
                                      const CopySpec& spec) {
  std::vector<std::string> summaries;
  for (const auto& violation : cloud::check_source(*cloud::find_vendor(cloud), source, spec)) {
    CHECK(violation.detail.find("m-1") != std::string::npos);
    summaries.push_back(violation.summary + (violation.is_doubt ? "?" : ""));
  }
  return summaries;
}

using Summaries = std::vector<std::string>;

}  // namespace

TEST_CASE("an available image of the account's own violates no rule") {
  for (const char* cloud : {"alicloud", "baiducloud", "huaweicloud"}) {
    CAPTURE(cloud);
    CHECK(summaries_of(cloud, plain(), kAcross).empty());
    CHECK(summaries_of(cloud, plain(), kInside).empty());
    CHECK(summaries_of(cloud, plain(), {}).empty());
  }
}

TEST_CASE("public and market images cannot be copied") {
  for (const char* cloud : {"alicloud", "baiducloud", "huaweicloud"}) {
    CAPTURE(cloud);
    SourceImage source = plain();
    source.owner = ImageOwner::cloud;
    CHECK(summaries_of(cloud, source, kAcross) == Summaries{"Public Image Not Supported"});
    source.owner = ImageOwner::market;
    CHECK(summaries_of(cloud, source, kInside) == Summaries{"Marketplace Image Not Supported"});
  }
}

TEST_CASE("shared images can be copied only within their region, if at all") {
  SourceImage source = plain();
  source.owner = ImageOwner::other_account;
  CHECK(summaries_of("alicloud", source, kAcross) == Summaries{"Shared Image Not Supported"});
  CHECK(summaries_of("alicloud", source, kInside).empty());
  CHECK(summaries_of("huaweicloud", source, kAcross) == Summaries{"Shared Image Not Supported"});
  CHECK(summaries_of("huaweicloud", source, kInside).empty());
  CHECK(summaries_of("baiducloud", source, kAcross) == Summaries{"Shared Image Not Supported"});
  source.image.encrypted = true;
  CHECK(summaries_of("huaweicloud", source, kInside) == Summaries{"Shared Encrypted Image Not Supported"});
  source.owner = ImageOwner::community;
  CHECK(summaries_of("alicloud", source, kInside) == Summaries{"Community Image Not Supported"});
}

TEST_CASE(
    "an encrypted image cannot be copied unencrypted on Alibaba Cloud, nor across regions on Huawei Cloud") {
  SourceImage source = plain();
  source.image.encrypted = true;
  CHECK(summaries_of("alicloud", source, kAcross).empty());
  CopySpec spec = kAcross;
  spec.encrypted = false;
  CHECK(summaries_of("alicloud", source, spec) == Summaries{"Unencrypted Copy Not Supported"});
  CHECK(summaries_of("huaweicloud", source, kAcross) ==
        Summaries{"Encrypted Image Not Supported Across Regions"});
  CHECK(summaries_of("huaweicloud", source, kInside).empty());
}

TEST_CASE("each cloud refuses the kinds of images that it does not copy") {
  SourceImage iso = plain();
  iso.extras = cloud::Extras(cloud::huaweicloud::SourceExtras{.is_iso = true});
  CHECK(summaries_of("huaweicloud", iso, kInside) == Summaries{"ISO Image Not Supported"});

  SourceImage whole = plain();
  whole.has_data_disks = true;
  CHECK(summaries_of("huaweicloud", whole, kInside) ==
        Summaries{"Full-Server Image Not Supported Within a Region"});
  CHECK(summaries_of("huaweicloud", whole, kAcross) == Summaries{"Missing Vault"});
  CopySpec spec = kAcross;
  spec.extras = cloud::Extras(cloud::huaweicloud::CopyExtras{.vault_id = cloud::TextArgument::unknown()});
  CHECK(summaries_of("huaweicloud", whole, spec).empty());
  spec.extras = cloud::Extras(cloud::huaweicloud::CopyExtras{.vault_id = "v"});
  CHECK(summaries_of("huaweicloud", whole, spec).empty());
  CHECK(summaries_of("baiducloud", whole, kAcross) == Summaries{"Image With Data Disks Not Supported"});

  SourceImage windows = plain();
  windows.image.os_type = "windows";
  CHECK(summaries_of("huaweicloud", windows, kAcross) == Summaries{"Windows Image May Not Be Supported?"});

  SourceImage deprecated = plain();
  deprecated.extras = cloud::Extras(cloud::alicloud::SourceExtras{.is_deprecated = true});
  CHECK(summaries_of("alicloud", deprecated, kAcross) == Summaries{"Deprecated Image Not Supported"});

  SourceImage large = plain();
  large.image.size_gb = 2049;
  CHECK(summaries_of("alicloud", large, kAcross) == Summaries{"Large Source Image?"});
  large.image.size_gb = 2048;
  CHECK(summaries_of("alicloud", large, kAcross).empty());
}

TEST_CASE("a source image that is being made is only a doubt, and a failed one cannot be copied") {
  for (const char* cloud : {"alicloud", "baiducloud", "huaweicloud"}) {
    CAPTURE(cloud);
    SourceImage source = plain();
    source.state = CopyState::copying;
    CHECK(summaries_of(cloud, source, kAcross) == Summaries{"Source Image Not Ready?"});
    source.state = CopyState::failed;
    CHECK(summaries_of(cloud, source, kAcross) == Summaries{"Source Image Failed"});
  }
}
