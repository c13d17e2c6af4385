#include "src/cloud/baiducloud/rules.h"

#include "src/cloud/baiducloud/vendor.h"
#include "src/cloud/tag_rules.h"
#include "src/cloud/text_rules.h"

namespace cloud::baiducloud {
namespace {

/// The rules on characters are documented for other calls than the copy (baiducloud/API.md 4.4), so the cloud
/// decides.
void check_name(const CopySpec& spec, Violations& violations) {
  TextRules(vendor().display_name, spec.name, "name", "Name", violations).length(1, 65).report();
}

/// baiducloud/API.md 3.12. How many tags an image may have is not documented; an account may have 200.
TagRules tag_rules() {
  return {.cloud = vendor().display_name,
          .max_tags = 200,
          .max_key = 65,
          .max_value = 65,
          .reserved_keys = {},
          .reserved_values = {},
          .forbidden = {},
          .signs = "-_/. ",
          .allows_outer_blanks = false};
}

/// Copies only go to another region (baiducloud/API.md 4.4).
void check_regions(const CopySpec& spec, Violations& violations) {
  if (spec.stays_in_region() != true) return;
  add_violation(violations, "destination_region", "Copy Within a Region Not Supported",
                "Baidu AI Cloud copies images only between regions. Set destination_region to a region other "
                "than \"" +
                    spec.source_region.value() + "\".");
}

/// The copy call has no parameters for these (baiducloud/API.md 3.1).
void check_impossible(const CopySpec& spec, Violations& violations) {
  const auto must_be_left_out = [&](const auto& argument, std::string_view member, const std::string& what) {
    if (!argument.is_set()) return;
    add_violation(violations, member, "Argument Not Supported by This Cloud",
                  what + " Remove this argument.");
  };
  must_be_left_out(spec.description, "description",
                   "Baidu AI Cloud does not support a description for copies.");
  must_be_left_out(spec.encrypted, "encrypted", "Baidu AI Cloud does not support encrypting copies.");
  must_be_left_out(spec.kms_key_id, "kms_key_id", "Baidu AI Cloud does not support encrypting copies.");
  must_be_left_out(spec.resource_group_id, "resource_group_id",
                   "Baidu AI Cloud does not support resource groups for images.");
}

/// Custom images of the account (baiducloud/API.md 3.1).
void check_shared_source(SourceRules& rules) {
  if (rules.source().owner != ImageOwner::other_account) return;
  rules.add_violation(
      "Shared Image Not Supported",
      "is shared by another account, but Baidu AI Cloud copies only the account's own images");
}

/// Images with snapshots of data disks are not copied (baiducloud/API.md 4.4).
void check_data_disks(SourceRules& rules) {
  if (!rules.source().has_data_disks) return;
  rules.add_violation("Image With Data Disks Not Supported",
                      "is bound to snapshots of data disks, and Baidu AI Cloud does not copy such images");
}

}  // namespace

void check_copy(const CopySpec& spec, CopyStage /*stage*/, Violations& violations) {
  check_name(spec, violations);
  check_tags(spec, tag_rules(), violations);
  check_regions(spec, violations);
  check_impossible(spec, violations);
}

void check_source(SourceRules& rules) {
  // Custom images only (baiducloud/API.md 4.4).
  rules.check_public_and_market(vendor().display_name);
  check_shared_source(rules);
  check_data_disks(rules);
}

}  // namespace cloud::baiducloud
