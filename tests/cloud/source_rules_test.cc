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

TEST_CASE("nothing is said against an image of the account's own that is available") {
  for (const char* cloud : {"alicloud", "baiducloud", "huaweicloud"}) {
    CAPTURE(cloud);
    CHECK(said(cloud, plain(), kAcross).empty());
    CHECK(said(cloud, plain(), kInside).empty());
    CHECK(said(cloud, plain(), {}).empty());
  }
}

TEST_CASE("images of the cloud and of its market are copied nowhere") {
  for (const char* cloud : {"alicloud", "baiducloud", "huaweicloud"}) {
    CAPTURE(cloud);
    SourceImage source = plain();
    source.owner = ImageOwner::cloud;
    CHECK(said(cloud, source, kAcross) == Said{"Public Image Not Supported"});
    source.owner = ImageOwner::market;
    CHECK(said(cloud, source, kInside) == Said{"Marketplace Image Not Supported"});
  }
}

TEST_CASE("shared images are copied in their own region at most") {
  SourceImage source = plain();
  source.owner = ImageOwner::other_account;
  CHECK(said("alicloud", source, kAcross) == Said{"Shared Image Not Supported"});
  CHECK(said("alicloud", source, kInside).empty());
  CHECK(said("huaweicloud", source, kAcross) == Said{"Shared Image Not Supported"});
  CHECK(said("huaweicloud", source, kInside).empty());
  CHECK(said("baiducloud", source, kAcross) == Said{"Shared Image Not Supported"});
  source.image.encrypted = true;
  CHECK(said("huaweicloud", source, kInside) == Said{"Shared Encrypted Image Not Supported"});
  source.owner = ImageOwner::community;
  CHECK(said("alicloud", source, kInside) == Said{"Community Image Not Supported"});
}

TEST_CASE("an encrypted image is not copied plain on Alibaba Cloud, nor across regions on Huawei Cloud") {
  SourceImage source = plain();
  source.image.encrypted = true;
  CHECK(said("alicloud", source, kAcross).empty());
  CopySpec wish = kAcross;
  wish.encrypted = false;
  CHECK(said("alicloud", source, wish) == Said{"Unencrypted Copy Not Supported"});
  CHECK(said("huaweicloud", source, kAcross) == Said{"Encrypted Image Not Supported Across Regions"});
  CHECK(said("huaweicloud", source, kInside).empty());
}

TEST_CASE("kinds of images that a cloud does not copy") {
  SourceImage iso = plain();
  iso.extras = cloud::Extras(cloud::huaweicloud::SourceExtras{.is_iso = true});
  CHECK(said("huaweicloud", iso, kInside) == Said{"ISO Image Not Supported"});

  SourceImage whole = plain();
  whole.has_data_disks = true;
  CHECK(said("huaweicloud", whole, kInside) == Said{"Full-Server Image Not Supported Within a Region"});
  CHECK(said("huaweicloud", whole, kAcross) == Said{"Missing Vault"});
  CopySpec wish = kAcross;
  wish.extras = cloud::Extras(cloud::huaweicloud::CopyExtras{.vault_id = cloud::TextArgument::unknown()});
  CHECK(said("huaweicloud", whole, wish).empty());
  wish.extras = cloud::Extras(cloud::huaweicloud::CopyExtras{.vault_id = "v"});
  CHECK(said("huaweicloud", whole, wish).empty());
  CHECK(said("baiducloud", whole, kAcross) == Said{"Image With Data Disks Not Supported"});

  SourceImage windows = plain();
  windows.image.os_type = "windows";
  CHECK(said("huaweicloud", windows, kAcross) == Said{"Windows Image May Not Be Supported?"});

  SourceImage deprecated = plain();
  deprecated.extras = cloud::Extras(cloud::alicloud::SourceExtras{.is_deprecated = true});
  CHECK(said("alicloud", deprecated, kAcross) == Said{"Deprecated Image Not Supported"});

  SourceImage large = plain();
  large.image.size_gb = 2049;
  CHECK(said("alicloud", large, kAcross) == Said{"Large Source Image?"});
  large.image.size_gb = 2048;
  CHECK(said("alicloud", large, kAcross).empty());
}

TEST_CASE("a source that is being made is waited for, a broken one cannot be copied") {
  for (const char* cloud : {"alicloud", "baiducloud", "huaweicloud"}) {
    CAPTURE(cloud);
    SourceImage source = plain();
    source.state = CopyState::copying;
    CHECK(said(cloud, source, kAcross) == Said{"Source Image Not Ready?"});
    source.state = CopyState::failed;
    CHECK(said(cloud, source, kAcross) == Said{"Source Image Failed"});
  }
}
