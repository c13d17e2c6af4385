#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "src/cloud/argument.h"
#include "src/cloud/extras.h"

namespace cloud {

/// Values by key.
using Tags = std::map<std::string, std::string, std::less<>>;

/// What is requested: one copy of an image, as far as it is known. While planning, arguments may be unknown;
/// when the copy is started, none is.
struct CopySpec {
  TextArgument source_region;
  TextArgument source_image_id;
  TextArgument destination_region;
  TextArgument name;
  TextArgument description;
  FlagArgument encrypted;  ///< left out: as the cloud decides
  TextArgument kms_key_id;
  TextArgument resource_group_id;
  TextArgument project_name;  ///< in the destination; left out: the region's own
  Tags tags;                  ///< those that are known
  Extras extras;              ///< what only one vendor's copies take

  /// Whether the copy stays in its region. Nullopt while one of the regions is unknown.
  [[nodiscard]] std::optional<bool> stays_in_region() const;

  bool operator==(const CopySpec&) const = default;
};

}  // namespace cloud
