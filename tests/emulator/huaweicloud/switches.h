#pragma once

#include <string>
#include <vector>

#include "tests/emulator/switch_entry.h"

namespace emulator::huaweicloud {

/// What Huawei Cloud's documentation leaves open or calls rare. See `switch_entries` for the meanings.
struct Switches {
  int running_jobs = 5;
  bool jobs_by_account = false;
  int image_quota = 50;
  int largest_gb = 128;
  int tags_per_image = 10;
  bool long_tags = false;
  bool search_untagged = true;
  bool lock_keys = false;
  bool early_image_id = false;
  bool keep_failed_image = false;
  bool agency_fails_job = false;
  bool delete_while_copying = false;
  bool unknown_job_is_400 = false;
  bool unique_names = false;
  bool copy_windows = true;
  Duration job_lifetime{0};
};

std::vector<SwitchEntry> switch_entries(Switches& switches);

}  // namespace emulator::huaweicloud
