#include "src/cloud/alicloud/rules.h"

#include "src/cloud/alicloud/extras.h"
#include "src/cloud/alicloud/replies.h"
#include "src/cloud/alicloud/vendor.h"
#include "src/cloud/tag_rules.h"
#include "src/cloud/text_rules.h"

namespace cloud::alicloud {
namespace {

/// `DestinationImageName` (alicloud/API.md 3.1).
void check_name(const CopySpec& spec, Violations& violations) {
  using Text = std::string_view;
  TextRules(vendor().display_name, spec.name, "name", "Name", violations)
      .length(2, 128)
      .require([](Text name) { return is_ascii_letter(name.front()) || is_beyond_ascii(name.front()); },
               "must begin with a letter")
      .require([](Text name) { return !name.starts_with("aliyun") && !name.starts_with("acs:"); },
               R"(must not begin with "aliyun" or "acs:")")
      .require([](Text name) { return holds_only(name, ".:_-"); },
               R"(may contain only letters, digits, ".", ":", "_" and "-")")
      .report();
}

/// `DestinationDescription` (alicloud/API.md 3.1).
void check_description(const CopySpec& spec, Violations& violations) {
  TextRules(vendor().display_name, spec.description, "description", "Description", violations)
      .length(2, 256)
      .require(
          [](std::string_view text) { return !text.starts_with("http://") && !text.starts_with("https://"); },
          R"(must not begin with "http://" or "https://")")
      .report();
}

/// `Tag.N.Key` and `Tag.N.Value` (alicloud/API.md 3.1, 3.6). A new copy needs one of the twenty tags for its
/// copy key.
TagRules tag_rules(CopyStage stage) {
  return {.cloud = vendor().display_name,
          .max_tags = stage == CopyStage::starting ? std::size_t{19} : std::size_t{20},
          .max_key = 128,
          .max_value = 128,
          .reserved_keys = {"aliyun", "acs:", kCopyKeyTag},
          .reserved_values = {"acs:"},
          .forbidden = {"http://", "https://"}};
}

/// A key is used only for encryption (alicloud/API.md 4.4).
void check_encryption(const CopySpec& spec, Violations& violations) {
  if (spec.kms_key_id.is_set() && spec.encrypted.is_known() && !spec.encrypted.value()) {
    add_violation(
        violations, "kms_key_id", "KMS Key Without Encryption",
        "On Alibaba Cloud, kms_key_id requires encrypted = true. Set encrypted, or remove kms_key_id.");
  }
}

/// `ImageId` and `DestinationRegionId` (alicloud/API.md 3.1).
void check_shared_source(SourceRules& rules) {
  const SourceImage& source = rules.source();
  if (source.owner == ImageOwner::community) {
    return rules.add_violation("Community Image Not Supported",
                               "is a community image, which Alibaba Cloud does not copy");
  }
  if (source.owner == ImageOwner::other_account && rules.across_regions()) {
    rules.add_violation("Shared Image Not Supported",
                        "is shared by another account, and Alibaba Cloud copies it only within its region");
  }
}

/// `ImageId` (alicloud/API.md 3.1).
void check_deprecated_source(SourceRules& rules) {
  if (!rules.source().image.extras.get<ImageExtras>().is_deprecated) return;
  rules.add_violation(
      "Deprecated Image Not Supported",
      "is deprecated, and Alibaba Cloud does not copy deprecated images. Make it available again, or copy "
      "another image");
}

/// A copy of an encrypted image is encrypted (alicloud/API.md 4.4).
void check_encrypted_source(SourceRules& rules) {
  if (rules.source().image.encrypted != true || rules.spec().encrypted != FlagArgument(false)) return;
  rules.add_member_violation("encrypted", "Unencrypted Copy Not Supported",
                             "is encrypted, and Alibaba Cloud does not support unencrypted copies of it. Set "
                             "encrypted to true, or remove it");
}

/// For larger images, the vendor recommends snapshots (alicloud/API.md 3.10).
void check_source_size(SourceRules& rules) {
  constexpr std::int64_t kMaxGb = 2048;
  const std::int64_t size_gb = rules.source().image.size_gb.value_or(0);
  if (size_gb <= kMaxGb) return;
  rules.doubt("Large Source Image",
              "has " + std::to_string(size_gb) +
                  " GiB; Alibaba Cloud recommends to copy the snapshots of images larger than " +
                  std::to_string(kMaxGb) + " GiB instead");
}

}  // namespace

void check_copy(const CopySpec& spec, CopyStage stage, Violations& violations) {
  check_name(spec, violations);
  check_description(spec, violations);
  check_tags(spec, tag_rules(stage), violations);
  check_encryption(spec, violations);
}

void check_source(SourceRules& rules) {
  // Custom images only (alicloud/API.md 3.1).
  rules.check_public_and_market(vendor().display_name);
  check_shared_source(rules);
  check_deprecated_source(rules);
  check_encrypted_source(rules);
  check_source_size(rules);
}

}  // namespace cloud::alicloud
