#include "tests/emulator/baiducloud/switches.h"

namespace emulator::baiducloud {

std::vector<SwitchEntry> switch_entries(Switches& switches) {
  return {
      entry("image_quota", &switches.image_quota, "custom images per region"),
      entry("largest_gb", &switches.largest_gb, "largest image that can be copied; 0: no limit"),
      entry("source_busy", &switches.source_busy, "the source is not Available while it is being copied"),
      entry("source_busy_status", &switches.source_busy_status,
            "status of the source while it is being copied"),
      entry("copying_status", &switches.copying_status, "status of a running copy"),
      entry("failed_status", &switches.failed_status,
            "status of a failed copy: CreatedFailed or CreateFailed"),
      entry("delete_while_copying", &switches.delete_while_copying, "a running copy can be deleted"),
      entry("copy_encrypted", &switches.copy_encrypted, "encrypted images can be copied"),
      entry("empty_object", &switches.empty_object, "responses without content are {} instead of empty"),
      entry("copy_result", &switches.copy_result, "remoteCopy returns its result, else an empty response"),
      entry("unsupported_regions", &switches.unsupported_regions,
            "regions, separated by commas, that reject copies with 409"),
      entry("failing_regions", &switches.failing_regions,
            "regions, separated by commas, that report a failure in a result with status 200"),
  };
}

}  // namespace emulator::baiducloud
