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

CopySpec wish_for(const std::string& destination) {
  return {.source_region = "r1", .source_image_id = "m-1", .destination_region = destination, .name = "copy"};
}

const CopySpec kAcross = wish_for("r2");
const CopySpec kInside = wish_for("r1");

/// What is said: the summaries, doubts with a question mark.
std::vector<std::string> said(std::string_view cloud, const SourceImage& source, const CopySpec& wish) {
  std::vector<std::string> summaries;
  for (const auto& violation : cloud::check_source(*cloud::find_vendor(cloud), source, wish)) {
    CHECK(violation.detail.find("m-1") != std::string::npos);
    summaries.push_back(violation.summary + (violation.is_doubt ? "?" : ""));
  }
  return summaries;
}

using Said = std::vector<std::string>;

}  // namespace

TEST_CASE("an available image of the account's own violates no rule") {
  for (const char* cloud : {"alicloud", "baiducloud", "huaweicloud"}) {
    CAPTURE(cloud);
    CHECK(said(cloud, plain(), kAcross).empty());
    CHECK(said(cloud, plain(), kInside).empty());
    CHECK(said(cloud, plain(), {}).empty());
  }
}

TEST_CASE("public and market images cannot be copied") {
  for (const char* cloud : {"alicloud", "baiducloud", "huaweicloud"}) {
    CAPTURE(cloud);
    SourceImage source = plain();
    source.owner = ImageOwner::cloud;
    CHECK(said(cloud, source, kAcross) == Said{"Public Image"});
    source.owner = ImageOwner::market;
    CHECK(said(cloud, source, kInside) == Said{"Market Image"});
  }
}

TEST_CASE("shared images can be copied only within their region, if at all") {
  SourceImage source = plain();
  source.owner = ImageOwner::other_account;
  CHECK(said("alicloud", source, kAcross) == Said{"Shared Image"});
  CHECK(said("alicloud", source, kInside).empty());
  CHECK(said("huaweicloud", source, kAcross) == Said{"Shared Image"});
  CHECK(said("huaweicloud", source, kInside).empty());
  CHECK(said("baiducloud", source, kAcross) == Said{"Shared Image"});
  source.image.encrypted = true;
  CHECK(said("huaweicloud", source, kInside) == Said{"Shared Encrypted Image"});
  source.owner = ImageOwner::community;
  CHECK(said("alicloud", source, kInside) == Said{"Community Image"});
}

TEST_CASE(
    "an encrypted image cannot be copied unencrypted on Alibaba Cloud, nor across regions on Huawei Cloud") {
  SourceImage source = plain();
  source.image.encrypted = true;
  CHECK(said("alicloud", source, kAcross).empty());
  CopySpec wish = kAcross;
  wish.encrypted = false;
  CHECK(said("alicloud", source, wish) == Said{"Plain Copy of an Encrypted Image"});
  CHECK(said("huaweicloud", source, kAcross) == Said{"Encrypted Image Across Regions"});
  CHECK(said("huaweicloud", source, kInside).empty());
}

TEST_CASE("each cloud refuses the kinds of images that it does not copy") {
  SourceImage iso = plain();
  iso.extras = cloud::Extras(cloud::huaweicloud::SourceExtras{.is_iso = true});
  CHECK(said("huaweicloud", iso, kInside) == Said{"ISO Image"});

  SourceImage whole = plain();
  whole.has_data_disks = true;
  CHECK(said("huaweicloud", whole, kInside) == Said{"Image of a Full Server"});
  CHECK(said("huaweicloud", whole, kAcross) == Said{"Missing Vault"});
  CopySpec wish = kAcross;
  wish.extras = cloud::Extras(cloud::huaweicloud::CopyExtras{.vault_id = cloud::TextArgument::unknown()});
  CHECK(said("huaweicloud", whole, wish).empty());
  wish.extras = cloud::Extras(cloud::huaweicloud::CopyExtras{.vault_id = "v"});
  CHECK(said("huaweicloud", whole, wish).empty());
  CHECK(said("baiducloud", whole, kAcross) == Said{"Image With Data Disks"});

  SourceImage windows = plain();
  windows.image.os_type = "windows";
  CHECK(said("huaweicloud", windows, kAcross) == Said{"Windows Image?"});

  SourceImage deprecated = plain();
  deprecated.extras = cloud::Extras(cloud::alicloud::SourceExtras{.is_deprecated = true});
  CHECK(said("alicloud", deprecated, kAcross) == Said{"Deprecated Image"});

  SourceImage large = plain();
  large.image.size_gb = 2049;
  CHECK(said("alicloud", large, kAcross) == Said{"Large Source Image?"});
  large.image.size_gb = 2048;
  CHECK(said("alicloud", large, kAcross).empty());
}

TEST_CASE("a source image that is being made is only a doubt, and a failed one cannot be copied") {
  for (const char* cloud : {"alicloud", "baiducloud", "huaweicloud"}) {
    CAPTURE(cloud);
    SourceImage source = plain();
    source.state = CopyState::copying;
    CHECK(said(cloud, source, kAcross) == Said{"Source Image Not Ready?"});
    source.state = CopyState::failed;
    CHECK(said(cloud, source, kAcross) == Said{"Source Image Failed"});
  }
}
