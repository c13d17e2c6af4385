#include "tests/emulator/huaweicloud/switches.h"

namespace emulator::huaweicloud {

std::vector<SwitchEntry> switch_entries(Switches& switches) {
  return {
      {.name = "running_jobs",
       .value = &switches.running_jobs,
       .meaning = "concurrent copy jobs before IMG.0060"},
      {.name = "jobs_by_account",
       .value = &switches.jobs_by_account,
       .meaning = "jobs count over all regions instead of per source region"},
      {.name = "image_quota", .value = &switches.image_quota, .meaning = "private images per region"},
      {.name = "largest_gb",
       .value = &switches.largest_gb,
       .meaning = "largest image that can be copied; 0: no limit"},
      {.name = "tags_per_image", .value = &switches.tags_per_image, .meaning = "tags per image"},
      {.name = "search_untagged",
       .value = &switches.search_untagged,
       .meaning = "a search by tags without conditions also returns images without tags"},
      {.name = "lock_keys",
       .value = &switches.lock_keys,
       .meaning = "an access key is locked for five minutes after five consecutive failures"},
      {.name = "early_image_id",
       .value = &switches.early_image_id,
       .meaning = "a running job already reports the ID of its image"},
      {.name = "keep_failed_image",
       .value = &switches.keep_failed_image,
       .meaning = "a failed job leaves an image with the status killed"},
      {.name = "agency_fails_job",
       .value = &switches.agency_fails_job,
       .meaning = "an unknown agency fails the job instead of the call"},
      {.name = "delete_while_copying",
       .value = &switches.delete_while_copying,
       .meaning = "an image can be deleted while it is being created"},
      {.name = "unknown_job_is_400",
       .value = &switches.unknown_job_is_400,
       .meaning = "reading an unknown job fails with 400 IMG.0023 instead of 404"},
      {.name = "unique_names",
       .value = &switches.unique_names,
       .meaning = "a name that is in use is rejected with IMG.0009"},
      {.name = "copy_windows", .value = &switches.copy_windows, .meaning = "Windows images can be copied"},
      {.name = "job_lifetime",
       .value = &switches.job_lifetime,
       .meaning = "how long an ended job can be read; 0s: without limit"},
  };
}

}  // namespace emulator::huaweicloud
