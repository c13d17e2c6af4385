#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/cloud/image_cloud.h"

namespace cloud {

/// A copy as far as it is known before it is started. Nothing: not known yet; empty text: not asked for.
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

/// Why the cloud could not do what is asked, and which member of the wish is to blame.
struct Violation {
  std::string_view member;
  std::string summary;
  std::string detail;
  bool is_doubt = false;  ///< it may do it all the same
};

/// What can be said without asking the cloud. Empty for a cloud of another name.
std::vector<Violation> check_copy(std::string_view cloud, const CopySpec& wish);

/// What the source image itself forbids (alicloud/API.md 3.1 and 4.4, baiducloud/API.md 3.1 and 4.4,
/// huaweicloud/API.md 4.1). Sizes that the documents leave to the cloud are left to the cloud.
std::vector<Violation> check_source(std::string_view cloud, const SourceImage& source, const CopySpec& wish);

}  // namespace cloud
