#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "src/cloud/image_cloud.h"

namespace cloud {

struct Vendor;

/// What a spec is checked for.
enum class CopyStage {
  existing,  ///< the image exists: what only starting a copy requires may be missing
  starting,  ///< a copy is to be started
};

/// Why the cloud cannot make a copy, and which member of the spec causes that.
struct Violation {
  std::string_view member;
  std::string summary;
  std::string detail;
  bool is_doubt = false;  ///< the cloud may accept it all the same
};

using Violations = std::vector<Violation>;

/// Checks a copy without an API call.
Violations check_copy(const Vendor& vendor, const CopySpec& spec, CopyStage stage);

/// Checks how its image is to be deleted, without an API call.
Violations check_deletion(const Vendor& vendor, const DeleteOptions& options);

/// Adds a violation. For the vendors' own rules.
void add_violation(Violations& violations, std::string_view member, std::string summary, std::string detail);

}  // namespace cloud
