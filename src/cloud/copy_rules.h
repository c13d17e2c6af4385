#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/cloud/image_cloud.h"

namespace cloud {

struct Vendor;

/// A copy as far as it is known before it is started. Nullopt: not known yet; empty text: not asked for.
struct CopySpec {
  std::optional<std::string> source_image_id;
  std::optional<std::string> source_region;
  std::optional<std::string> destination_region;
  std::optional<std::string> name;
  std::optional<std::string> description;
  std::optional<std::string> encrypted;  ///< `true`, `false` or empty
  std::optional<std::string> kms_key_id;
  std::optional<std::string> resource_group_id;
  Tags tags;  ///< those that are known
  bool force_delete = false;
  bool is_to_start = false;  ///< so that nothing may be missing that only the start needs
  std::optional<std::string> project_name;
  std::optional<std::string> agency_name;
  std::optional<std::string> vault_id;

  bool operator==(const CopySpec&) const = default;
};

/// Why the cloud could not do what is asked, and which member of the spec is to blame.
struct Violation {
  std::string_view member;
  std::string summary;
  std::string detail;
  bool is_doubt = false;  ///< it may do it all the same
};

using Violations = std::vector<Violation>;

/// What can be said without asking the cloud.
Violations check_copy(const Vendor& vendor, const CopySpec& spec);

/// For the vendors' own rules, which add to a list of violations.
void refuse(Violations& violations, std::string_view member, std::string summary, std::string detail);

/// Whether the value is known and not empty.
bool is_set(const std::optional<std::string>& value);

/// Whether source and destination are one region; nullopt while one of them is not known.
std::optional<bool> stays_in_region(const CopySpec& spec);

}  // namespace cloud
