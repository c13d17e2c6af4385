#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/copy/visibility.h"

namespace provider {

/// What a state remembers of a copy and does not show.
struct PrivateState {
  copy::Visibility visibility;
  /// Nothing was applied since the import: what the state lacks may only not have been told.
  bool imported = false;
  bool imported_plain = false;              ///< the cloud told at the import that the image is not encrypted
  std::vector<std::string> snapshots_left;  ///< of the image, which is deleted itself
  bool untagged = false;                    ///< the tags were not set yet, although the state holds them
  bool unsettled = false;                   ///< another run may have started this copy, too, at the same time
  std::string project_name;                 ///< Huawei: where the image is, whatever is configured later
  bool described = false;                   ///< the description is the configuration's
  std::string foreign_description;  ///< that others gave the image and nobody can take away; not in the state

  bool operator==(const PrivateState&) const = default;
};

std::string write_private_state(const PrivateState& data);

/// What cannot be read is not there: the state itself is enough to go on.
PrivateState read_private_state(std::string_view bytes);

}  // namespace provider
