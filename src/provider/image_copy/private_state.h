#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/copy/visibility.h"

namespace provider {

/// What the state stores of a copy in Terraform's private bytes.
struct PrivateState {
  copy::Visibility visibility;
  /// Nothing was applied since the import: the state may lack what the cloud does not report.
  bool imported = false;
  bool imported_plain = false;  ///< the cloud reported at the import that the image is not encrypted
  std::vector<std::string> snapshots_left;  ///< of an image that is deleted
  bool untagged = false;                    ///< the tags were not set yet, although the state holds them
  bool unsettled = false;                   ///< another run may have started the same copy at the same time
  std::string project_name;                 ///< of the image, whatever is configured later; may be empty
  bool described = false;                   ///< the description is the configuration's
  std::string foreign_description;  ///< set by somebody else and not removable, so left out of the state

  bool operator==(const PrivateState&) const = default;
};

std::string write_private_state(const PrivateState& data);

/// Leaves out what cannot be read: the state itself is sufficient.
PrivateState read_private_state(std::string_view bytes);

}  // namespace provider
