#pragma once

#include <string>
#include <vector>

#include "tests/emulator/switch_entry.h"

namespace emulator::baiducloud {

/// What Baidu AI Cloud's documentation leaves open or calls rare. See `switch_entries` for the meanings.
struct Switches {
  int image_quota = 20;
  int largest_gb = 0;
  bool source_busy = true;
  std::string source_busy_status = "source_copying";
  std::string copying_status = "dest_copying";
  std::string failed_status = "CreatedFailed";
  bool delete_while_copying = false;
  bool copy_encrypted = true;
  bool empty_object = false;
  bool copy_result = true;
  std::string unsupported_regions;
  std::string failing_regions;
};

std::vector<SwitchEntry> switch_entries(Switches& switches);

}  // namespace emulator::baiducloud
