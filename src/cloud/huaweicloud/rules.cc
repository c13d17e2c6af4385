#include "src/cloud/huaweicloud/rules.h"

#include "src/cloud/huaweicloud/extras.h"
#include "src/cloud/huaweicloud/vendor.h"
#include "src/cloud/tag_rules.h"
#include "src/cloud/text_rules.h"

namespace cloud::huaweicloud {
namespace {

/// huaweicloud/API.md 4.2.
void check_name(const CopySpec& spec, Violations& violations) {
  TextRules name(spec.name, "name", "Name", violations);
  name.length(1, 128);
  const std::string_view text = name.text();
  if (text.empty()) return;
  name.require(text.front() != ' ' && text.back() != ' ', "does not begin or end with a blank")
      .require(holds_only(text, "-._ "), R"(holds letters, digits, "-", ".", "_" and blanks only)");
}

/// huaweicloud/API.md 4.2.
void check_description(const CopySpec& spec, Violations& violations) {
  TextRules description(spec.description, "description", "Description", violations);
  description.length(1, 1024);
  const std::string_view text = description.text();
  if (text.empty()) return;
  description.require(text.find_first_of("\r\n<>") == std::string_view::npos,
                      R"(holds no line breaks, no "<" and no ">")");
}

/// huaweicloud/API.md 4.4.
void check_agency_name(const CopySpec& spec, Violations& violations) {
  const auto extras = spec.extras.get<CopyExtras>();
  TextRules(extras.agency_name, "huaweicloud", "Agency Name", violations).length(1, 64);
}

/// The newest limits, for the older ones are not the same everywhere (huaweicloud/API.md 3.8).
TagRules tag_rules() {
  return {.max_tags = 20,
          .max_key = 128,
          .max_value = 255,
          .reserved_keys = {},
          .reserved_values = {},
          .forbidden = {}};
}

/// A copy inside one region takes other parameters than one across regions (huaweicloud/API.md 3.1, 3.2).
void check_arguments_in_region(const CopySpec& spec, Violations& violations) {
  const auto extras = spec.extras.get<CopyExtras>();
  for (const auto& [value, argument] :
       {std::pair{&extras.agency_name, "agency_name"}, std::pair{&extras.vault_id, "vault_id"},
        std::pair{&spec.project_name, "project_name"}}) {
    if (!value->is_set()) continue;
    refuse(violations, "huaweicloud", "Argument of a Copy Across Regions",
           std::string("A copy inside one region takes no ") + argument +
               ". Remove it, or set destination_region to another region.");
  }
}

/// `cmk_id` (huaweicloud/API.md 3.1).
void check_encryption_in_region(const CopySpec& spec, Violations& violations) {
  if (spec.encrypted.value() && spec.kms_key_id.is_unset()) {
    refuse(violations, "kms_key_id", "Encryption Without Key",
           "Huawei Cloud encrypts a copy only with a key that is named. Set kms_key_id.");
  }
  if (spec.encrypted == FlagArgument(false) && spec.kms_key_id.is_set()) {
    refuse(violations, "kms_key_id", "Key Without Encryption",
           "encrypted is false, but kms_key_id names a key to encrypt with. Remove one of them.");
  }
}

/// `agency_name` (huaweicloud/API.md 3.2, 4.4). The agency of an image that is there already is not known.
void check_agency_across_regions(const CopySpec& spec, CopyStage stage, Violations& violations) {
  if (stage != CopyStage::starting || !spec.extras.get<CopyExtras>().agency_name.is_unset()) return;
  refuse(violations, "huaweicloud", "Missing Agency",
         "A copy across regions needs an IAM agency that lets the image service act in the destination "
         "region. "
         "Set agency_name in \"huaweicloud\".");
}

/// There is no `cmk_id` and no `enterprise_project_id` (huaweicloud/API.md 3.2).
void check_arguments_across_regions(const CopySpec& spec, Violations& violations) {
  if (spec.encrypted.value()) {
    refuse(violations, "encrypted", "Encryption Across Regions",
           "Huawei Cloud encrypts copies only inside one region. Copy there first, or leave encryption out.");
  }
  if (spec.kms_key_id.is_set()) {
    refuse(violations, "kms_key_id", "Encryption Across Regions",
           "Huawei Cloud encrypts copies only inside one region. Copy there first, or leave the key out.");
  }
  if (spec.resource_group_id.is_set()) {
    refuse(violations, "resource_group_id", "Enterprise Project Across Regions",
           "Huawei Cloud takes no enterprise project for a copy across regions. Remove this argument.");
  }
}

/// Private images only (huaweicloud/API.md 4.1).
void check_shared_source(SourceRules& rules) {
  if (rules.source().owner != ImageOwner::other_account) return;
  if (rules.across_regions()) {
    rules.refuse("Shared Image",
                 "is shared by another account; Huawei Cloud copies it inside its region only");
  }
  if (rules.in_region() && rules.source().image.encrypted == true) {
    rules.refuse("Shared Encrypted Image",
                 "is shared by another account and encrypted, and Huawei Cloud does not copy such images");
  }
}

/// huaweicloud/API.md 4.1.
void check_encrypted_source(SourceRules& rules) {
  if (rules.source().image.encrypted != true || !rules.across_regions()) return;
  rules.refuse("Encrypted Image Across Regions",
               "is encrypted, and Huawei Cloud copies encrypted images inside one region only. A plain copy "
               "of it in its own region can be copied on");
}

/// huaweicloud/API.md 4.1.
void check_iso(SourceRules& rules) {
  if (!rules.source().extras.get<SourceExtras>().is_iso) return;
  rules.refuse("ISO Image", "is an ISO image, which Huawei Cloud does not copy");
}

/// huaweicloud/API.md 4.1; `vault_id`: 3.2.
void check_full_server(SourceRules& rules) {
  if (!rules.source().has_data_disks) return;
  if (rules.in_region()) {
    rules.refuse("Image of a Full Server",
                 "is of a full server, and Huawei Cloud copies such images to other regions only");
  }
  if (rules.across_regions() && rules.spec().extras.get<CopyExtras>().vault_id.is_unset()) {
    rules.refuse_member("huaweicloud", "Missing Vault",
                        "is of a full server, whose copy needs a vault for its backup. Set "
                        "vault_id in \"huaweicloud\" to one in the destination region");
  }
}

/// huaweicloud/API.md 4.1.
void check_windows(SourceRules& rules) {
  if (rules.source().image.os_type != "windows") return;
  rules.doubt("Windows Image",
              "holds Windows, and Huawei Cloud has announced not to copy such images any more");
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
  // huaweicloud/API.md 4.1.
  rules.refuse_public_and_market(vendor().display_name);
  check_iso(rules);
  check_shared_source(rules);
  check_encrypted_source(rules);
  check_full_server(rules);
  check_windows(rules);
}

}  // namespace cloud::huaweicloud
