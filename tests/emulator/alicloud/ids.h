#pragma once

#include <string>
#include <string_view>

namespace emulator::alicloud {

/// Returns `m-` and 20 letters or digits, of which the first three depend only on the region, as in the
/// vendor's IDs.
std::string new_image_id(std::string_view region);

/// Returns `s-` and 20 such letters or digits.
std::string new_snapshot_id(std::string_view region);

}  // namespace emulator::alicloud
