#pragma once

#include <string>
#include <vector>

#include "tests/emulator/switch_entry.h"

namespace emulator::alicloud {

/// What Alibaba Cloud's documentation leaves open or calls rare. See `switch_entries` for the meanings.
struct Switches {
  bool metadata_needs_token = false;
  int running_copies = 5;
  bool queue_by_source = false;
  int image_quota = 100;
  int largest_gb = 2048;
  bool parallel_copies_of_one_image = true;
  bool plain_copy_in_region = false;
  bool encrypt_by_default = false;
  bool encrypt_across_regions = true;
  bool cancel_waiting = true;
  bool cancel_keeps_snapshots = false;
  bool ignore_unknown_deletes = false;
  bool join_image_ids = true;
  bool list_status_all = true;
  bool serve_other_regions = true;
  int snapshot_busy_deletes = 0;
  Duration client_token_lifetime = std::chrono::hours(24);
  std::string failed_status = "CreateFailed";
};

std::vector<SwitchEntry> switch_entries(Switches& switches);

}  // namespace emulator::alicloud
