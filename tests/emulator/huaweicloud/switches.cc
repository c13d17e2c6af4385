#include "tests/emulator/huaweicloud/switches.h"

namespace emulator::huaweicloud {

std::vector<SwitchEntry> switch_entries(Switches& switches) {
  return {
      entry("running_jobs", &switches.running_jobs, "concurrent copy jobs before IMG.0060 or IMG.0149"),
      entry("jobs_by_account", &switches.jobs_by_account,
            "jobs count over all regions instead of per source region"),
      entry("image_quota", &switches.image_quota, "private images per region"),
      entry("largest_gb", &switches.largest_gb, "largest image that can be copied; 0: no limit"),
      entry("tags_per_image", &switches.tags_per_image, "tags per image"),
      entry("long_tags", &switches.long_tags,
            "tags have keys of up to 128 and values of up to 255 characters, else 36 and 43"),
      entry("search_untagged", &switches.search_untagged,
            "a search by tags without conditions also returns images without tags"),
      entry("lock_keys", &switches.lock_keys,
            "an access key is locked for five minutes after five consecutive failures"),
      entry("early_image_id", &switches.early_image_id, "a running job already reports the ID of its image"),
      entry("keep_failed_image", &switches.keep_failed_image,
            "a failed job leaves an image with the status killed"),
      entry("agency_fails_job", &switches.agency_fails_job,
            "an unknown agency fails the job instead of the call"),
      entry("delete_while_copying", &switches.delete_while_copying,
            "an image can be deleted while it is being created"),
      entry("unknown_job_is_400", &switches.unknown_job_is_400,
            "reading an unknown job fails with 400 IMG.0023 instead of 404"),
      entry("unique_names", &switches.unique_names, "a name that is in use is rejected with IMG.0009"),
      entry("copy_windows", &switches.copy_windows, "Windows images can be copied"),
      entry("job_lifetime", &switches.job_lifetime, "how long an ended job can be read; 0s: without limit"),
  };
}

}  // namespace emulator::huaweicloud
