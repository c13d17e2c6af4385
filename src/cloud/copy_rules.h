#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "src/cloud/image_cloud.h"

namespace cloud {

struct Vendor;

/// What a spec is checked for.
enum class CopyStage {
  existing,  ///< the image is there: what only the start needs may be missing
  starting,  ///< a copy is to be started
};

/// Why the cloud could not do what is asked, and which member of the spec is to blame.
struct Violation {
  std::string_view member;
  std::string summary;
  std::string detail;
  bool is_doubt = false;  ///< it may do it all the same
};

using Violations = std::vector<Violation>;

/// What can be said of a copy without a call to the cloud.
Violations check_copy(const Vendor& vendor, const CopySpec& spec, CopyStage stage);

/// The same, of how its image is to be deleted.
Violations check_deletion(const Vendor& vendor, const DeleteOptions& options);

/// For the vendors' own rules, which add to a list of violations.
void refuse(Violations& violations, std::string_view member, std::string summary, std::string detail);

}  // namespace cloud
