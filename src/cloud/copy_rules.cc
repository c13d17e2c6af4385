#include "src/cloud/copy_rules.h"

#include "src/cloud/alicloud.h"
#include "src/cloud/baiducloud.h"
#include "src/cloud/huaweicloud.h"

namespace cloud {
namespace {

bool is_set(const std::optional<std::string>& value) {
  return value && !value->empty();
}

/// Nothing while one of the regions is not known.
std::optional<bool> stays_in_region(const CopyWish& wish) {
  if (!is_set(wish.source_region) || !is_set(wish.destination_region)) return std::nullopt;
  return *wish.source_region == *wish.destination_region;
}

void refuse(std::vector<Violation>& violations, std::string_view member, std::string summary,
            std::string detail) {
  violations.push_back({.member = member, .summary = std::move(summary), .detail = std::move(detail)});
}

void check_image_id(const CopyWish& wish, std::vector<Violation>& violations) {
  if (!wish.source_image_id) return;
  const bool odd = wish.source_image_id->empty() ||
                   wish.source_image_id->find_first_of("/?#%,& \t\r\n") != std::string::npos;
  if (odd) {
    refuse(violations, "source_image_id", "Invalid Source Image Id",
           "\"" + *wish.source_image_id +
               "\" cannot be the id of an image. Give the id as the cloud prints it, "
               "without region or name.");
  }
}

/// Only Huawei Cloud has these.
void refuse_huaweicloud_arguments(const CopyWish& wish, std::vector<Violation>& violations) {
  for (const auto* argument : {&wish.project_name, &wish.agency_name, &wish.vault_id}) {
    if (!is_set(*argument)) continue;
    refuse(violations, "huaweicloud", "Argument of Another Cloud",
           "The arguments in \"huaweicloud\" mean nothing to this cloud. Remove them.");
    return;
  }
}

/// Reference alibaba-ecs 4.4.
void check_alicloud(const CopyWish& wish, std::vector<Violation>& violations) {
  refuse_huaweicloud_arguments(wish, violations);
  if (is_set(wish.kms_key_id) && wish.encrypted && wish.encrypted != "true") {
    refuse(violations, "kms_key_id", "Key Without Encryption",
           "Alibaba Cloud takes a key only together with encrypted = true.");
  }
}

/// Reference baidu-bcc 3.1, 3.12 and 4.4.
void check_baiducloud(const CopyWish& wish, std::vector<Violation>& violations) {
  refuse_huaweicloud_arguments(wish, violations);
  if (stays_in_region(wish) == true) {
    refuse(violations, "destination_region", "Copy Inside One Region",
           "Baidu AI Cloud copies images to other regions only. Set destination_region to a region other "
           "than \"" +
               *wish.source_region + "\".");
  }
  const auto refuse_if_set = [&](const std::optional<std::string>& value, std::string_view member,
                                 const std::string& what) {
    if (is_set(value))
      refuse(violations, member, "Not Possible on Baidu AI Cloud", what + " Remove this argument.");
  };
  refuse_if_set(wish.description, "description", "Copies cannot be given a description on Baidu AI Cloud.");
  refuse_if_set(wish.encrypted, "encrypted", "Encryption cannot be chosen for copies on Baidu AI Cloud.");
  refuse_if_set(wish.kms_key_id, "kms_key_id", "Copies cannot be encrypted with a key on Baidu AI Cloud.");
  refuse_if_set(wish.resource_group_id, "resource_group_id",
                "Images belong to no resource group on Baidu AI Cloud.");
}

void check_huaweicloud_in_region(const CopyWish& wish, std::vector<Violation>& violations) {
  for (const auto& [value, argument] :
       {std::pair{&wish.agency_name, "agency_name"}, std::pair{&wish.vault_id, "vault_id"},
        std::pair{&wish.project_name, "project_name"}}) {
    if (!is_set(*value)) continue;
    refuse(violations, "huaweicloud", "Argument of a Copy Across Regions",
           std::string("A copy inside one region takes no ") + argument +
               ". Remove it, or set destination_region to another region.");
  }
  if (wish.encrypted == "true" && wish.kms_key_id && wish.kms_key_id->empty()) {
    refuse(violations, "kms_key_id", "Encryption Without Key",
           "Huawei Cloud encrypts a copy only with a key that is named. Set kms_key_id.");
  }
  if (wish.encrypted == "false" && is_set(wish.kms_key_id)) {
    refuse(violations, "kms_key_id", "Key Without Encryption",
           "encrypted is false, but kms_key_id names a key to encrypt with. Remove one of them.");
  }
}

/// Reference huaweicloud-ims 3.2 and 4.1.
void check_huaweicloud_across_regions(const CopyWish& wish, std::vector<Violation>& violations) {
  if (wish.agency_name && wish.agency_name->empty()) {
    refuse(violations, "huaweicloud", "Missing Agency",
           "A copy across regions needs an IAM agency that lets the image service act in the destination "
           "region. "
           "Set agency_name in \"huaweicloud\".");
  }
  if (wish.encrypted == "true") {
    refuse(violations, "encrypted", "Encryption Across Regions",
           "Huawei Cloud encrypts copies only inside one region. Copy there first, or leave encryption out.");
  }
  if (is_set(wish.kms_key_id)) {
    refuse(violations, "kms_key_id", "Encryption Across Regions",
           "Huawei Cloud encrypts copies only inside one region. Copy there first, or leave the key out.");
  }
  if (is_set(wish.resource_group_id)) {
    refuse(violations, "resource_group_id", "Enterprise Project Across Regions",
           "Huawei Cloud takes no enterprise project for a copy across regions. Remove this argument.");
  }
}

void check_huaweicloud(const CopyWish& wish, std::vector<Violation>& violations) {
  const auto in_region = stays_in_region(wish);
  if (!in_region) return;
  if (*in_region) {
    check_huaweicloud_in_region(wish, violations);
  } else {
    check_huaweicloud_across_regions(wish, violations);
  }
}

}  // namespace

std::vector<Violation> check_copy(std::string_view cloud, const CopyWish& wish) {
  std::vector<Violation> violations;
  check_image_id(wish, violations);
  if (cloud == alicloud_traits().name) check_alicloud(wish, violations);
  if (cloud == baiducloud_traits().name) check_baiducloud(wish, violations);
  if (cloud == huaweicloud_traits().name) check_huaweicloud(wish, violations);
  return violations;
}

}  // namespace cloud
