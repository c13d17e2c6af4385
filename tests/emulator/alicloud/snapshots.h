#pragma once

#include <string>
#include <vector>

#include "tests/emulator/world.h"

namespace emulator::alicloud {

/// Gives the image a snapshot of each of its disks, in the world and in `snapshot_ids`. `sources`: those that
/// they are copies of, if any.
void make_snapshots(World& world, Image& image, const std::vector<std::string>& sources,
                    const emulator::Switches& switches);

}  // namespace emulator::alicloud
