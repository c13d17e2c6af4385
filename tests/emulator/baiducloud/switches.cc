#include "tests/emulator/baiducloud/switches.h"

namespace emulator::baiducloud {

std::vector<SwitchEntry> switch_entries(Switches& switches) {
  return {
      {.name = "image_quota", .value = &switches.image_quota, .meaning = "custom images per region"},
      {.name = "largest_gb",
       .value = &switches.largest_gb,
       .meaning = "largest image that can be copied; 0: no limit"},
      {.name = "source_busy",
       .value = &switches.source_busy,
       .meaning = "the source is not Available while it is being copied"},
      {.name = "source_busy_status",
       .value = &switches.source_busy_status,
       .meaning = "status of the source while it is being copied"},
      {.name = "copying_status", .value = &switches.copying_status, .meaning = "status of a running copy"},
      {.name = "failed_status",
       .value = &switches.failed_status,
       .meaning = "status of a failed copy: CreatedFailed or CreateFailed"},
      {.name = "delete_while_copying",
       .value = &switches.delete_while_copying,
       .meaning = "a running copy can be deleted"},
      {.name = "copy_encrypted",
       .value = &switches.copy_encrypted,
       .meaning = "encrypted images can be copied"},
      {.name = "empty_object",
       .value = &switches.empty_object,
       .meaning = "responses without content are {} instead of empty"},
      {.name = "copy_result",
       .value = &switches.copy_result,
       .meaning = "remoteCopy returns its result, else an empty response"},
      {.name = "unsupported_regions",
       .value = &switches.unsupported_regions,
       .meaning = "regions, separated by commas, that reject copies with 409"},
      {.name = "failing_regions",
       .value = &switches.failing_regions,
       .meaning = "regions, separated by commas, that report a failure in a result with status 200"},
  };
}

}  // namespace emulator::baiducloud
