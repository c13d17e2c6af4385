#include "src/cloud/copy_rules.h"

#include <algorithm>

#include "src/cloud/vendors.h"
#include "src/core/text.h"

namespace cloud {
namespace {

void check_image_id(const CopySpec& spec, Violations& violations) {
  if (!spec.source_image_id.has_value()) return;
  const std::string& id = spec.source_image_id.value();
  const bool odd = id.empty() || id.find_first_of("/?#%,& \t\r\n") != std::string::npos;
  if (odd) {
    add_violation(
        violations, "source_image_id", "Invalid Source Image ID",
        "\"" + id +
            "\" is not an image ID. It must be the ID as the cloud shows it, without region or name.");
  }
}

void check_name(const CopySpec& spec, Violations& violations) {
  if (spec.name.is_unset()) {
    add_violation(violations, "name", "Missing Name", "The name of the new image must not be empty.");
  }
}

/// A region becomes part of a host name. Which regions exist is left to the cloud, because the lists grow.
void check_region(const TextArgument& region, std::string_view member, Violations& violations) {
  const bool possible = std::ranges::all_of(region.value(), [](char c) {
    return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
  if (possible) return;
  add_violation(
      violations, member, "Invalid Region",
      "\"" + core::shorten(region.value(), 100) +
          "\" is not a region ID. It may contain only letters, digits and hyphens, as in \"cn-north-4\" "
          "or \"bj\".");
}

}  // namespace

Violations check_copy(const Vendor& vendor, const CopySpec& spec, CopyStage stage) {
  Violations violations;
  check_image_id(spec, violations);
  check_name(spec, violations);
  check_region(spec.source_region, "source_region", violations);
  check_region(spec.destination_region, "destination_region", violations);
  vendor.check_copy(spec, stage, violations);
  return violations;
}

Violations check_deletion(const Vendor& vendor, const DeleteOptions& options) {
  Violations violations;
  if (options.force && !vendor.deletes_in_use) {
    add_violation(violations, "force_delete", "Argument Not Supported by This Cloud",
                  "force_delete is only supported on " + display_names([](const Vendor& other) {
                    return other.deletes_in_use;
                  }) + ". Remove this argument.");
  }
  return violations;
}

void add_violation(Violations& violations, std::string_view member, std::string summary, std::string detail) {
  violations.push_back({.member = member, .summary = std::move(summary), .detail = std::move(detail)});
}

}  // namespace cloud
