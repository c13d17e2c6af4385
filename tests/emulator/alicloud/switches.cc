#include "tests/emulator/alicloud/switches.h"

namespace emulator::alicloud {

std::vector<SwitchEntry> switch_entries(Switches& switches) {
  return {
      entry("metadata_needs_token", &switches.metadata_needs_token, "the metadata service requires a token"),
      entry("running_copies", &switches.running_copies, "concurrent copies per region; further copies wait"),
      entry("queue_by_source", &switches.queue_by_source,
            "copies count in the source region instead of the destination"),
      entry("image_quota", &switches.image_quota, "custom images per region"),
      entry("largest_gb", &switches.largest_gb, "largest image that can be copied; 0: no limit"),
      entry("parallel_copies_of_one_image", &switches.parallel_copies_of_one_image,
            "an image may have several running copies, else OperationDenied.ImageCopyConflict"),
      entry("plain_copy_in_region", &switches.plain_copy_in_region,
            "copies within a region may be unencrypted, else IncorrectDestinationRegion"),
      entry("encrypt_by_default", &switches.encrypt_by_default, "the account encrypts by default"),
      entry("encrypt_across_regions", &switches.encrypt_across_regions,
            "an unencrypted image can have an encrypted copy in another region"),
      entry("cancel_waiting", &switches.cancel_waiting, "a waiting copy can be canceled"),
      entry("cancel_keeps_snapshots", &switches.cancel_keeps_snapshots,
            "canceling a copy keeps its snapshots"),
      entry("join_image_ids", &switches.join_image_ids,
            "DescribeImages accepts several IDs separated by commas, else it finds none"),
      entry("list_status_all", &switches.list_status_all,
            "DescribeImages knows the status ALL, else it finds no image with it"),
      entry("ignore_unknown_deletes", &switches.ignore_unknown_deletes,
            "deleting an image that does not exist succeeds instead of failing with 404"),
      entry("serve_other_regions", &switches.serve_other_regions,
            "an endpoint accepts other regions in RegionId"),
      entry("snapshot_busy_deletes", &switches.snapshot_busy_deletes,
            "number of DeleteSnapshot calls that fail after the image was deleted"),
      entry("client_token_lifetime", &switches.client_token_lifetime, "how long a ClientToken is remembered"),
      entry("failed_status", &switches.failed_status, "status of a failed copy: CreateFailed or UnAvailable"),
  };
}

}  // namespace emulator::alicloud
