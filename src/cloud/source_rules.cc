#include "src/cloud/alicloud/client.h"
#include "src/cloud/baiducloud/client.h"
#include "src/cloud/copy_rules.h"
#include "src/cloud/huaweicloud/client.h"

namespace cloud {
namespace {

/// Says what is wrong with a copy of one image.
class SourceRules {
 public:
  SourceRules(const SourceImage& source, const CopySpec& wish) : source_(source), wish_(wish) {}

  void check_alicloud() {
    check_owner("Alibaba Cloud");
    if (source_.is_community) {
      refuse("Community Image", "is a community image, which Alibaba Cloud does not let others copy");
    } else if (source_.owner == ImageOwner::other_account && across_regions()) {
      refuse("Shared Image", "is shared by another account; Alibaba Cloud copies it inside its region only");
    }
    if (source_.is_deprecated) {
      refuse("Deprecated Image",
             "is deprecated, and Alibaba Cloud copies no deprecated image. Make it available again, or copy "
             "another one");
    }
    if (source_.image.encrypted == true && wish_.encrypted == "false") {
      violations_.push_back({.member = "encrypted",
                             .summary = "Plain Copy of an Encrypted Image",
                             .detail = subject() +
                                       " is encrypted, and Alibaba Cloud makes no plain copy of it. Set "
                                       "encrypted to true, or leave it out."});
    }
    constexpr std::int64_t kMaxGb = 2048;
    if (source_.image.size_gb.value_or(0) > kMaxGb) {
      doubt("Large Source Image", "has " + std::to_string(*source_.image.size_gb) +
                                      " GiB; Alibaba Cloud asks to copy the snapshots of images above " +
                                      std::to_string(kMaxGb) + " GiB instead");
    }
  }

  void check_baiducloud() {
    check_owner("Baidu AI Cloud");
    if (source_.owner == ImageOwner::other_account) {
      refuse("Shared Image",
             "is shared by another account; Baidu AI Cloud copies the account's own images only");
    }
    if (source_.has_data_disks) {
      refuse("Image With Data Disks",
             "is bound to snapshots of data disks, and Baidu AI Cloud does not copy such images");
    }
  }

  void check_huaweicloud() {
    check_owner("Huawei Cloud");
    if (source_.is_iso) refuse("ISO Image", "is an ISO image, which Huawei Cloud does not copy");
    if (across_regions()) check_huaweicloud_across_regions();
    if (in_region()) check_huaweicloud_in_region();
    if (source_.image.os_type == "windows") {
      doubt("Windows Image",
            "holds Windows, and Huawei Cloud has announced not to copy such images any more");
    }
  }

  /// A copy waits for a source that is itself being made.
  void check_state() {
    if (source_.state == CopyState::failed) {
      refuse("Source Image Failed", "could not be made or is broken, so there is nothing to copy");
    }
    const bool unfinished = source_.state == CopyState::queued || source_.state == CopyState::copying;
    if (unfinished) {
      doubt("Source Image Not Ready",
            "is not available at the moment. The copy waits for it, up to timeouts.create");
    }
  }

  std::vector<Violation> violations() && { return std::move(violations_); }

 private:
  void check_owner(std::string_view cloud) {
    if (source_.owner == ImageOwner::cloud) {
      refuse("Public Image",
             "is a public image of " + std::string(cloud) + ", which copies the account's own images only");
    }
    if (source_.owner == ImageOwner::market) {
      refuse("Market Image",
             "is a market image; " + std::string(cloud) + " copies the account's own images only");
    }
  }

  void check_huaweicloud_across_regions() {
    if (source_.owner == ImageOwner::other_account) {
      refuse("Shared Image", "is shared by another account; Huawei Cloud copies it inside its region only");
    }
    if (source_.image.encrypted == true) {
      refuse("Encrypted Image Across Regions",
             "is encrypted, and Huawei Cloud copies encrypted images inside one region only. A plain copy "
             "of it in its own region can be copied on");
    }
    if (source_.has_data_disks && wish_.vault_id && wish_.vault_id->empty()) {
      violations_.push_back({.member = "huaweicloud",
                             .summary = "Missing Vault",
                             .detail = subject() +
                                       " is of a full server, whose copy needs a vault for its backup. Set "
                                       "vault_id in \"huaweicloud\" to one in the destination region."});
    }
  }

  void check_huaweicloud_in_region() {
    if (source_.has_data_disks) {
      refuse("Image of a Full Server",
             "is of a full server, and Huawei Cloud copies such images to other regions only");
    }
    if (source_.owner == ImageOwner::other_account && source_.image.encrypted == true) {
      refuse("Shared Encrypted Image",
             "is shared by another account and encrypted, and Huawei Cloud does not copy such images");
    }
  }

  [[nodiscard]] bool knows_regions() const {
    return wish_.source_region && wish_.destination_region && !wish_.destination_region->empty();
  }
  [[nodiscard]] bool across_regions() const {
    return knows_regions() && wish_.source_region != wish_.destination_region;
  }
  [[nodiscard]] bool in_region() const {
    return knows_regions() && wish_.source_region == wish_.destination_region;
  }

  [[nodiscard]] std::string subject() const {
    return "The image " + source_.image.id + " (\"" + source_.image.name + "\") in region " +
           wish_.source_region.value_or("");
  }

  void refuse(std::string summary, const std::string& what) { add(std::move(summary), what, false); }
  void doubt(std::string summary, const std::string& what) { add(std::move(summary), what, true); }
  void add(std::string summary, const std::string& what, bool is_doubt) {
    violations_.push_back({.member = "source_image_id",
                           .summary = std::move(summary),
                           .detail = subject() + " " + what + ".",
                           .is_doubt = is_doubt});
  }

  const SourceImage& source_;
  const CopySpec& wish_;
  std::vector<Violation> violations_;
};

}  // namespace

std::vector<Violation> check_source(std::string_view cloud, const SourceImage& source, const CopySpec& wish) {
  SourceRules rules(source, wish);
  if (cloud == alicloud::traits().name) rules.check_alicloud();
  if (cloud == baiducloud::traits().name) rules.check_baiducloud();
  if (cloud == huaweicloud::traits().name) rules.check_huaweicloud();
  rules.check_state();
  return std::move(rules).violations();
}

}  // namespace cloud
