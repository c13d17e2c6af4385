#pragma once

#include <expected>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "tests/emulator/image.h"

namespace emulator {

/// Behaviors that the vendors' documentation leaves open or calls rare, with their most likely defaults. See
/// `describe_switches` for their meanings.
struct Switches {
  Duration clock_skew{0};
  int calls_per_minute = 0;
  int hidden_reads = 0;
  int lingering_reads = 0;
  bool finish_on_cancel = false;
  std::string instance_role;
  bool alicloud_metadata_needs_token = false;

  int alicloud_running_copies = 5;
  bool alicloud_queue_by_source = false;
  int alicloud_image_quota = 100;
  int alicloud_largest_gb = 2048;
  bool alicloud_parallel_copies_of_one_image = true;
  bool alicloud_plain_copy_in_region = false;
  bool alicloud_encrypt_by_default = false;
  bool alicloud_encrypt_across_regions = true;
  bool alicloud_cancel_waiting = true;
  bool alicloud_cancel_keeps_snapshots = false;
  bool alicloud_ignore_unknown_deletes = false;
  bool alicloud_join_image_ids = true;
  bool alicloud_list_status_all = true;
  bool alicloud_serve_other_regions = true;
  int alicloud_snapshot_busy_deletes = 0;
  Duration alicloud_client_token_lifetime = std::chrono::hours(24);
  std::string alicloud_failed_status = "CreateFailed";

  int baiducloud_image_quota = 20;
  int baiducloud_largest_gb = 0;
  bool baiducloud_source_busy = true;
  std::string baiducloud_source_busy_status = "source_copying";
  std::string baiducloud_copying_status = "dest_copying";
  std::string baiducloud_failed_status = "CreatedFailed";
  bool baiducloud_delete_while_copying = false;
  bool baiducloud_copy_encrypted = true;
  bool baiducloud_empty_object = false;
  bool baiducloud_copy_result = true;
  std::string baiducloud_unsupported_regions;
  std::string baiducloud_failing_regions;

  int huaweicloud_running_jobs = 5;
  bool huaweicloud_jobs_by_account = false;
  int huaweicloud_image_quota = 50;
  int huaweicloud_largest_gb = 128;
  int huaweicloud_tags_per_image = 10;
  bool huaweicloud_search_untagged = true;
  bool huaweicloud_lock_keys = false;
  bool huaweicloud_early_image_id = false;
  bool huaweicloud_keep_failed_image = false;
  bool huaweicloud_agency_fails_job = false;
  bool huaweicloud_delete_while_copying = false;
  bool huaweicloud_unknown_job_is_400 = false;
  bool huaweicloud_unique_names = false;
  bool huaweicloud_copy_windows = true;
  Duration huaweicloud_job_lifetime{0};
};

/// Sets a switch to a JSON value of its type, or to text such as `true`, `5` or `3s`. The error for an
/// unknown name lists the existing ones.
std::expected<void, std::string> set_switch(Switches& switches, std::string_view name,
                                            const nlohmann::json& value);

nlohmann::json to_json(const Switches& switches);

/// The name, default and meaning of each switch, for `--help`.
std::string describe_switches();

}  // namespace emulator
