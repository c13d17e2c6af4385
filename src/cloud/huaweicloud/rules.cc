#include "src/cloud/huaweicloud/rules.h"

#include "src/cloud/huaweicloud/extras.h"
#include "src/cloud/huaweicloud/vendor.h"
#include "src/cloud/tag_rules.h"
#include "src/cloud/text_rules.h"

namespace cloud::huaweicloud {
namespace {

/// What a name may contain (huaweicloud/API.md 4.2).
void check_name(const CopySpec& spec, Violations& violations) {
  TextRules(vendor().display_name, spec.name, "name", "Name", violations)
      .length(1, 128)
      .require([](std::string_view name) { return name.front() != ' ' && name.back() != ' '; },
               "must not begin or end with a space")
      .require([](std::string_view name) { return holds_only(name, "-._ "); },
               R"(may contain only letters, digits, "-", ".", "_" and spaces)")
      .report();
}

/// What a description may contain (huaweicloud/API.md 4.2).
void check_description(const CopySpec& spec, Violations& violations) {
  TextRules(vendor().display_name, spec.description, "description", "Description", violations)
      .length(1, 1024)
      .require([](std::string_view text) { return text.find_first_of("\r\n<>") == std::string_view::npos; },
               R"(must not contain line breaks, "<" or ">")")
      .report();
}

/// The length of an agency's name (huaweicloud/API.md 4.4).
void check_agency_name(const CopySpec& spec, Violations& violations) {
  const auto extras = spec.extras.get<CopyExtras>();
  TextRules(vendor().display_name, extras.agency_name, "huaweicloud", "Agency Name", violations)
      .length(1, 64)
      .report();
}

/// Those of the pages of the calls, which hold everywhere; a newer page has larger ones
/// (huaweicloud/API.md 3.13).
TagRules tag_rules() {
  return {.cloud = vendor().display_name,
          .max_tags = 10,
          .max_key = 36,
          .max_value = 43,
          .reserved_keys = {},
          .reserved_values = {},
          .forbidden = {}};
}

/// A copy within a region has other parameters than one across regions (huaweicloud/API.md 3.1, 3.2).
void check_arguments_in_region(const CopySpec& spec, Violations& violations) {
  const auto extras = spec.extras.get<CopyExtras>();
  for (const auto& [value, argument] :
       {std::pair{&extras.agency_name, "agency_name"}, std::pair{&extras.vault_id, "vault_id"},
        std::pair{&spec.project_name, "project_name"}}) {
    if (!value->is_set()) continue;
    add_violation(violations, "huaweicloud", "Argument Not Supported Within a Region",
                  std::string("Huawei Cloud copies within a region do not support ") + argument +
                      ". Remove it, or set destination_region to another region.");
  }
}

/// `cmk_id` (huaweicloud/API.md 3.1).
void check_encryption_in_region(const CopySpec& spec, Violations& violations) {
  if (spec.encrypted.value() && spec.kms_key_id.is_unset()) {
    add_violation(violations, "kms_key_id", "Missing KMS Key",
                  "On Huawei Cloud, encrypted = true requires kms_key_id. Set kms_key_id.");
  }
  if (spec.encrypted == FlagArgument(false) && spec.kms_key_id.is_set()) {
    add_violation(violations, "kms_key_id", "KMS Key Without Encryption",
                  "encrypted is false, but kms_key_id is set. Remove one of them.");
  }
}

/// `agency_name` (huaweicloud/API.md 3.2, 4.4). The agency of an existing image is not known.
void check_agency_across_regions(const CopySpec& spec, CopyStage stage, Violations& violations) {
  if (stage != CopyStage::starting || !spec.extras.get<CopyExtras>().agency_name.is_unset()) return;
  add_violation(violations, "huaweicloud", "Missing Agency",
                "A copy across regions requires an IAM agency that allows the image service to act in the "
                "destination region. "
                "Set agency_name in \"huaweicloud\".");
}

/// The call has no `cmk_id` and no `enterprise_project_id` (huaweicloud/API.md 3.2).
void check_arguments_across_regions(const CopySpec& spec, Violations& violations) {
  if (spec.encrypted.value()) {
    add_violation(
        violations, "encrypted", "Encryption Not Supported Across Regions",
        "Huawei Cloud encrypts copies only within a region. Remove encrypted, or encrypt a copy of the "
        "image within its region.");
  }
  if (spec.kms_key_id.is_set()) {
    add_violation(
        violations, "kms_key_id", "Encryption Not Supported Across Regions",
        "Huawei Cloud encrypts copies only within a region. Remove kms_key_id, or encrypt a copy of the "
        "image within its region.");
  }
  if (spec.resource_group_id.is_set()) {
    add_violation(
        violations, "resource_group_id", "Enterprise Project Not Supported Across Regions",
        "Huawei Cloud does not support an enterprise project for a copy across regions. Remove this "
        "argument.");
  }
}

/// Private images only (huaweicloud/API.md 4.1).
void check_shared_source(SourceRules& rules) {
  if (rules.source().owner != ImageOwner::other_account) return;
  if (rules.across_regions()) {
    rules.add_violation("Shared Image Not Supported",
                        "is shared by another account, and Huawei Cloud copies it only within its region");
  }
  if (rules.in_region() && rules.source().image.encrypted == true) {
    rules.add_violation(
        "Shared Encrypted Image Not Supported",
        "is shared by another account and encrypted, and Huawei Cloud does not copy such images");
  }
}

/// Encrypted images are copied only within a region (huaweicloud/API.md 4.1).
void check_encrypted_source(SourceRules& rules) {
  if (rules.source().image.encrypted != true || !rules.across_regions()) return;
  rules.add_violation(
      "Encrypted Image Not Supported Across Regions",
      "is encrypted, and Huawei Cloud copies encrypted images only within a region. Make an unencrypted copy "
      "in that region first, and copy that to the other region");
}

/// ISO images are not copied (huaweicloud/API.md 4.1).
void check_iso(SourceRules& rules) {
  if (!rules.source().image.extras.get<ImageExtras>().is_iso) return;
  rules.add_violation("ISO Image Not Supported", "is an ISO image, which Huawei Cloud does not copy");
}

/// Full-server images are copied only across regions (huaweicloud/API.md 4.1), into a vault (3.2).
void check_full_server(SourceRules& rules) {
  if (!rules.source().has_data_disks) return;
  if (rules.in_region()) {
    rules.add_violation("Full-Server Image Not Supported Within a Region",
                        "is a full-server image, and Huawei Cloud copies such images only to other regions");
  }
  if (rules.across_regions() && rules.spec().extras.get<CopyExtras>().vault_id.is_unset()) {
    rules.add_member_violation("huaweicloud", "Missing Vault",
                               "is a full-server image, whose copy requires a backup vault. Set "
                               "vault_id in \"huaweicloud\" to a vault in the destination region");
  }
}

/// Windows images will no longer be copied (huaweicloud/API.md 4.1).
void check_windows(SourceRules& rules) {
  if (rules.source().image.os_type != "windows") return;
  rules.doubt("Windows Image May Not Be Supported",
              "is a Windows image, and Huawei Cloud has announced that it will stop copying such images");
}

}  // namespace

void check_copy(const CopySpec& spec, CopyStage stage, Violations& violations) {
  check_name(spec, violations);
  check_description(spec, violations);
  check_agency_name(spec, violations);
  check_tags(spec, tag_rules(), violations);
  const auto in_region = spec.stays_in_region();
  if (!in_region) return;
  if (*in_region) {
    check_arguments_in_region(spec, violations);
    check_encryption_in_region(spec, violations);
  } else {
    check_agency_across_regions(spec, stage, violations);
    check_arguments_across_regions(spec, violations);
  }
}

void check_source(SourceRules& rules) {
  // Private images only (huaweicloud/API.md 4.1).
  rules.check_public_and_market(vendor().display_name);
  check_iso(rules);
  check_shared_source(rules);
  check_encrypted_source(rules);
  check_full_server(rules);
  check_windows(rules);
}

}  // namespace cloud::huaweicloud
