#include "src/cloud/copy_spec.h"

namespace cloud {

std::optional<bool> CopySpec::stays_in_region() const {
  if (!source_region.is_set() || !destination_region.is_set()) return std::nullopt;
  return source_region == destination_region;
}

}  // namespace cloud
