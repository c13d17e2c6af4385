#include "tests/emulator/alicloud/test_client.h"
#include "tests/emulator/test_support.h"

namespace emulator {
namespace {

const json kSeed = {
    {"images",
     {{{"cloud", "alicloud"}, {"region", "cn-hangzhou"}, {"id", "m-source"}, {"copy_duration", "100s"}},
      {{"cloud", "alicloud"}, {"region", "cn-hangzhou"}, {"id", "m-other"}, {"copy_duration", "50s"}},
      {{"cloud", "alicloud"},
       {"region", "cn-hangzhou"},
       {"id", "m-failing"},
       {"copy_duration", "100s"},
       {"outcome", "fail"},
       {"fail_at_percent", 40}},
      {{"cloud", "alicloud"}, {"region", "cn-hangzhou"}, {"id", "m-stubborn"}, {"outcome", "uncancellable"}},
      {{"cloud", "alicloud"}, {"region", "cn-hangzhou"}, {"id", "m-endless"}, {"outcome", "never"}},
      {{"cloud", "alicloud"}, {"region", "cn-hangzhou"}, {"id", "m-encrypted"}, {"encrypted", true}},
      {{"cloud", "alicloud"}, {"region", "cn-hangzhou"}, {"id", "m-shared"}, {"kind", "shared"}},
      {{"cloud", "alicloud"}, {"region", "cn-hangzhou"}, {"id", "m-huge"}, {"size_gb", 4000}},
      {{"cloud", "alicloud"}, {"region", "cn-hangzhou"}, {"id", "m-young"}, {"status", "creating"}},
      {{"cloud", "alicloud"}, {"region", "cn-hangzhou"}, {"id", "m-disks"}, {"data_disks_gb", {100, 200}}}}},
    {"kms_keys",
     {{{"cloud", "alicloud"}, {"region", "cn-shanghai"}, {"id", "key-1"}},
      {{"cloud", "alicloud"}, {"region", "cn-shanghai"}, {"id", "key-off"}, {"state", "disabled"}},
      {{"cloud", "alicloud"}, {"region", "cn-shanghai"}, {"id", "key-no"}, {"state", "forbidden"}}}},
    {"resource_groups", {"rg-1"}}};

ClientResponse copy(const TestEmulator& emulator, const std::string& source, const std::string& name,
                    const Parameters& more = {}) {
  Parameters parameters = {
      {"ImageId", source}, {"DestinationRegionId", "cn-shanghai"}, {"DestinationImageName", name}};
  for (const auto& [key, value] : more) parameters[key] = value;
  return alicloud::call(emulator, "cn-hangzhou", "CopyImage", parameters);
}

std::string copy_id(const TestEmulator& emulator, const std::string& source, const std::string& name,
                    const Parameters& more = {}) {
  const ClientResponse response = copy(emulator, source, name, more);
  CAPTURE(response.text);
  REQUIRE(response.status == 200);
  return response.body["ImageId"];
}

/// The image as DescribeImages shows it in the destination; null if it does not.
json show(const TestEmulator& emulator, const std::string& id) {
  const ClientResponse response =
      alicloud::call(emulator, "cn-shanghai", "DescribeImages", {{"ImageId", id}, {"Status", "ALL"}});
  REQUIRE(response.status == 200);
  const json& images = response.body["Images"]["Image"];
  return images.empty() ? json() : images[0];
}

std::string status_of(const TestEmulator& emulator, const std::string& id) {
  const json image = show(emulator, id);
  return image.is_null() ? "" : image["Status"].get<std::string>();
}

ClientResponse cancel(const TestEmulator& emulator, const std::string& id) {
  return alicloud::call(emulator, "cn-shanghai", "CancelCopyImage", {{"ImageId", id}});
}

ClientResponse remove(const TestEmulator& emulator, const std::string& id) {
  return alicloud::call(emulator, "cn-shanghai", "DeleteImage", {{"ImageId", id}});
}

}  // namespace

TEST_CASE("an Alibaba copy rises in whole percent, counts down, and becomes Available") {
  const TestEmulator emulator(kSeed);
  const std::string id = copy_id(emulator, "m-source", "copy");
  json image = show(emulator, id);
  CHECK(image["Status"] == "Creating");
  CHECK(image["Progress"] == "0%");
  CHECK(image["IsCopied"] == true);
  emulator.advance("37s");
  image = show(emulator, id);
  CHECK(image["Progress"] == "37%");
  const json disk = image["DiskDeviceMappings"]["DiskDeviceMapping"][0];
  CHECK(disk["Progress"] == "37%");
  CHECK(disk["RemainTime"] == 63);
  emulator.advance("62s");
  CHECK(show(emulator, id)["Progress"] == "99%");
  emulator.advance("1s");
  image = show(emulator, id);
  CHECK(image["Status"] == "Available");
  CHECK(image["Progress"] == "100%");
}

TEST_CASE("an Alibaba copy is listed only on asking for its status, and only in the destination") {
  const TestEmulator emulator(kSeed);
  const std::string id = copy_id(emulator, "m-source", "copy");
  CHECK(alicloud::call(emulator, "cn-shanghai", "DescribeImages", {{"ImageId", id}}).body["TotalCount"] == 0);
  CHECK(alicloud::call(emulator, "cn-hangzhou", "DescribeImages", {{"ImageId", id}, {"Status", "ALL"}})
            .body["TotalCount"] == 0);
  CHECK(show(emulator, id)["ImageName"] == "copy");
}

TEST_CASE("a failing Alibaba copy ends as CreateFailed, or as UnAvailable when switched so") {
  const TestEmulator emulator(kSeed);
  const std::string id = copy_id(emulator, "m-failing", "copy");
  emulator.advance("39s");
  CHECK(status_of(emulator, id) == "Creating");
  emulator.advance("1s");
  CHECK(status_of(emulator, id) == "CreateFailed");
  emulator.switch_to("alicloud_failed_status", "UnAvailable");
  CHECK(status_of(emulator, id) == "UnAvailable");
}

TEST_CASE("at most five Alibaba copies run in a destination, the others wait in order") {
  const TestEmulator emulator(kSeed);
  std::vector<std::string> ids;
  for (int n = 0; n < 7; ++n) {
    ids.push_back(copy_id(emulator, "m-source", "copy" + std::to_string(n)));
    emulator.advance("1s");
  }
  CHECK(status_of(emulator, ids[4]) == "Creating");
  CHECK(status_of(emulator, ids[5]) == "Waiting");
  CHECK(status_of(emulator, ids[6]) == "Waiting");
  CHECK(show(emulator, ids[6])["Progress"] == "0%");
  emulator.advance("93s");
  CHECK(status_of(emulator, ids[0]) == "Available");
  CHECK(status_of(emulator, ids[5]) == "Creating");
  CHECK(status_of(emulator, ids[6]) == "Waiting");
  CHECK(cancel(emulator, ids[1]).status == 200);
  CHECK(status_of(emulator, ids[6]) == "Creating");
}

TEST_CASE("Alibaba's queue can be that of the source region") {
  const TestEmulator emulator(kSeed);
  emulator.switch_to("alicloud_queue_by_source", true);
  emulator.switch_to("alicloud_running_copies", 1);
  copy_id(emulator, "m-source", "first", {{"DestinationRegionId", "cn-beijing"}});
  const std::string second = copy_id(emulator, "m-other", "second");
  CHECK(status_of(emulator, second) == "Waiting");
  emulator.switch_to("alicloud_queue_by_source", false);
  CHECK(status_of(emulator, second) == "Creating");
}

TEST_CASE("CancelCopyImage and DeleteImage answer by the state of an Alibaba image") {
  const TestEmulator emulator(kSeed);
  emulator.switch_to("alicloud_running_copies", 1);
  const std::string running = copy_id(emulator, "m-source", "running");
  const std::string waiting = copy_id(emulator, "m-source", "waiting");

  SECTION("running: canceled with its snapshots, not deleted") {
    CHECK(remove(emulator, running).status == 403);
    CHECK(code_of(remove(emulator, running)) == "OperationDenied.ImageCopying");
    CHECK(cancel(emulator, running).status == 200);
    CHECK(emulator.image("cn-shanghai", running).is_null());
    const ClientResponse snapshots = emulator.control("GET", "snapshots?region=cn-shanghai");
    REQUIRE(snapshots.body["snapshots"].size() == 1);
    CHECK(snapshots.body["snapshots"][0]["image_id"] == waiting);
    CHECK(cancel(emulator, running).status == 404);
    CHECK(remove(emulator, running).status == 404);
  }
  SECTION("waiting: canceled, not deleted") {
    CHECK(code_of(remove(emulator, waiting)) == "OperationDenied.ImageCopying");
    CHECK(cancel(emulator, waiting).status == 200);
    CHECK(emulator.image("cn-shanghai", waiting).is_null());
  }
  SECTION("waiting: not canceled when switched so") {
    emulator.switch_to("alicloud_cancel_waiting", false);
    CHECK(code_of(cancel(emulator, waiting)) == "CancelNotSupported");
  }
  SECTION("available: deleted, not canceled") {
    emulator.advance("100s");
    CHECK(cancel(emulator, running).status == 400);
    CHECK(code_of(cancel(emulator, running)) == "IncorrectImageStatus");
    CHECK(remove(emulator, running).status == 200);
    CHECK(code_of(remove(emulator, running)) == "InvalidImageId.NotFound");
    emulator.switch_to("alicloud_ignore_unknown_deletes", true);
    CHECK(remove(emulator, running).status == 200);
  }
  SECTION("failed: deleted, not canceled") {
    emulator.advance("200s");
    const std::string failed = copy_id(emulator, "m-failing", "failed");
    emulator.advance("40s");
    CHECK(code_of(cancel(emulator, failed)) == "IncorrectImageStatus");
    CHECK(remove(emulator, failed).status == 200);
  }
  SECTION("not a copy: not canceled") {
    const ClientResponse response =
        alicloud::call(emulator, "cn-hangzhou", "CancelCopyImage", {{"ImageId", "m-source"}});
    CHECK(response.status == 400);
    CHECK(code_of(response) == "ImageCreatedNotFromCopy");
  }
}

TEST_CASE(
    "an Alibaba copy that cannot be canceled continues, and a copy can finish during its cancellation") {
  const TestEmulator emulator(kSeed);
  const std::string stubborn = copy_id(emulator, "m-stubborn", "stubborn");
  CHECK(code_of(cancel(emulator, stubborn)) == "CancelNotSupported");
  CHECK(status_of(emulator, stubborn) == "Creating");
  const std::string id = copy_id(emulator, "m-source", "copy");
  emulator.switch_to("finish_on_cancel", true);
  CHECK(code_of(cancel(emulator, id)) == "IncorrectImageStatus");
  CHECK(status_of(emulator, id) == "Available");
}

TEST_CASE("an endless Alibaba copy stays below one hundred percent but can be canceled") {
  const TestEmulator emulator(kSeed);
  const std::string id = copy_id(emulator, "m-endless", "copy");
  emulator.advance("1000h");
  CHECK(show(emulator, id)["Progress"] == "99%");
  CHECK(cancel(emulator, id).status == 200);
}

TEST_CASE("a canceled Alibaba copy leaves its snapshots when switched so") {
  const TestEmulator emulator(kSeed);
  emulator.switch_to("alicloud_cancel_keeps_snapshots", true);
  const std::string id = copy_id(emulator, "m-source", "copy");
  CHECK(cancel(emulator, id).status == 200);
  CHECK(emulator.control("GET", "snapshots?region=cn-shanghai").body["snapshots"].size() == 1);
}

TEST_CASE("an Alibaba copy has a snapshot for each disk, which outlives the image and not its deletion") {
  const TestEmulator emulator(kSeed);
  emulator.switch_to("alicloud_snapshot_busy_deletes", 1);
  const std::string id = copy_id(emulator, "m-disks", "copy");
  emulator.advance("1h");
  const json disks = show(emulator, id)["DiskDeviceMappings"]["DiskDeviceMapping"];
  REQUIRE(disks.size() == 3);
  CHECK(disks[0]["Type"] == "system");
  CHECK(disks[2]["Device"] == "/dev/xvdc");
  CHECK(disks[2]["Size"] == "200");
  const Parameters first = {{"SnapshotId", disks[0]["SnapshotId"]}};
  CHECK(code_of(alicloud::call(emulator, "cn-shanghai", "DeleteSnapshot", first)) == "SnapshotCreatedImage");
  CHECK(remove(emulator, id).status == 200);
  CHECK(code_of(alicloud::call(emulator, "cn-shanghai", "DeleteSnapshot", first)) == "SnapshotCreatedImage");
  CHECK(alicloud::call(emulator, "cn-shanghai", "DeleteSnapshot", first).status == 200);
  const ClientResponse gone = alicloud::call(emulator, "cn-shanghai", "DeleteSnapshot", first);
  CHECK(gone.status == 404);
  CHECK(code_of(gone) == "InvalidSnapshotId.NotFound");
  const ClientResponse left = alicloud::call(emulator, "cn-shanghai", "DescribeSnapshots");
  CHECK(left.body["Snapshots"]["Snapshot"].size() == 2);
  CHECK(left.body["Snapshots"]["Snapshot"][0]["Usage"] == "none");
}

TEST_CASE("a ClientToken makes a repeated CopyImage the same copy, and forgets after a day") {
  const TestEmulator emulator(kSeed);
  const Parameters token = {{"ClientToken", "token-1"}};
  const std::string id = copy_id(emulator, "m-source", "copy", token);
  CHECK(copy_id(emulator, "m-source", "copy", token) == id);
  const ClientResponse other = copy(emulator, "m-source", "another", token);
  CHECK(other.status == 400);
  CHECK(code_of(other) == "IdempotentParameterMismatch");
  CHECK(emulator.control("GET", "images?region=cn-shanghai").body["images"].size() == 1);
  emulator.advance("24h");
  CHECK(copy_id(emulator, "m-source", "another", token) != id);
}

TEST_CASE("a dry run of CopyImage checks everything and starts nothing") {
  const TestEmulator emulator(kSeed);
  const Parameters dry = {{"DryRun", "true"}};
  const ClientResponse response = copy(emulator, "m-source", "copy", dry);
  CHECK(response.status == 400);
  CHECK(code_of(response) == "DryRunOperation");
  CHECK(code_of(copy(emulator, "m-nothing", "copy", dry)) == "InvalidImageId.NotFound");
  CHECK(emulator.control("GET", "images?region=cn-shanghai").body["images"].empty());
}

TEST_CASE("CopyImage refuses what the API documents") {
  const TestEmulator emulator(kSeed);
  const auto code = [&](const std::string& source, const Parameters& more) {
    return code_of(copy(emulator, source, "copy", more));
  };
  CHECK(code("m-source", {{"DestinationRegionId", "mars"}}) == "DestinationRegion.NotFound");
  CHECK(code_of(alicloud::call(emulator, "mars", "CopyImage")) == "SourceRegion.NotFound");
  CHECK(code("m-source", {{"DestinationImageName", "acs:copy"}}) == "InvalidImageName.Malformed");
  CHECK(code("m-source", {{"DestinationImageName", "x"}}) == "InvalidImageName.Malformed");
  CHECK(code("m-source", {{"DestinationDescription", "http://x"}}) == "InvalidDescription.Malformed");
  CHECK(code("m-source", {{"Tag.1.Key", "aliyun"}}) == "InvalidTagKey.Malformed");
  CHECK(code("m-source", {{"Tag.1.Key", "a"}, {"Tag.2.Key", "a"}}) == "Duplicate.TagKey");
  CHECK(code("m-source", {{"ResourceGroupId", "rg-2"}}) == "InvalidResourceGroup.NotFound");
  CHECK(code("m-source", {{"DestinationRegionId", "cn-hangzhou"}}) == "IncorrectDestinationRegion");
  CHECK(code("m-young", {}) == "IncorrectImageStatus");
  CHECK(code("m-shared", {}) == "OperationDenied.SameRegionOnly");
  CHECK(code("m-huge", {}) == "SizeExceed.Image");
  CHECK(code("m-nothing", {}) == "InvalidImageId.NotFound");
  copy_id(emulator, "m-source", "taken");
  CHECK(code_of(copy(emulator, "m-source", "taken")) == "InvalidImageName.Duplicated");
  emulator.switch_to("alicloud_parallel_copies_of_one_image", false);
  CHECK(code("m-source", {}) == "OperationDenied.ImageCopyConflict");
  emulator.switch_to("alicloud_image_quota", 1);
  CHECK(code("m-other", {}) == "QuotaExceed.Image");
}

TEST_CASE("encryption of an Alibaba copy follows source, request and account") {
  const TestEmulator emulator(kSeed);
  const auto encrypted = [&](const std::string& id) {
    return emulator.image("cn-shanghai", id)["encrypted"];
  };
  const auto code = [&](const std::string& source, const Parameters& more) {
    return code_of(copy(emulator, source, "copy", more));
  };
  CHECK(encrypted(copy_id(emulator, "m-source", "plain")) == false);
  CHECK(encrypted(copy_id(emulator, "m-encrypted", "as-source")) == true);
  const Parameters with_key = {{"Encrypted", "true"}, {"KMSKeyId", "key-1"}};
  const std::string id = copy_id(emulator, "m-source", "with-key", with_key);
  CHECK(emulator.image("cn-shanghai", id)["kms_key_id"] == "key-1");
  CHECK(show(emulator, id)["DiskDeviceMappings"]["DiskDeviceMapping"][0]["Encrypted"] == true);

  CHECK(code("m-source", {{"KMSKeyId", "key-1"}}) == "InvalidParameter.EncryptedIllegal");
  CHECK(code("m-encrypted", {{"Encrypted", "false"}}) == "OperationDeined.EncryptedSnapshot");
  CHECK(code("m-source", {{"Encrypted", "true"}, {"KMSKeyId", "key-2"}}) ==
        "InvalidParameter.KMSKeyId.NotFound");
  CHECK(code("m-source", {{"Encrypted", "true"}, {"KMSKeyId", "key-off"}}) ==
        "InvalidParameter.KMSKeyId.CMKNotEnabled");
  CHECK(code("m-source", {{"Encrypted", "true"}, {"KMSKeyId", "key-no"}}) ==
        "InvalidParameter.KMSKeyId.CMKUnauthorized");
  emulator.switch_to("alicloud_encrypt_across_regions", false);
  CHECK(code("m-source", {{"Encrypted", "true"}}) == "OperationDenied.EncryptSnapshotAcrossRegion");
  emulator.switch_to("alicloud_encrypt_by_default", true);
  CHECK(code("m-source", {{"Encrypted", "false"}}) == "InvalidEncrypted.NotMatchDiskDefaultEncryption");
  CHECK(encrypted(copy_id(emulator, "m-source", "by-default")) == true);
}

TEST_CASE("inside a region Alibaba copies when the copy is encrypted, or when switched so") {
  const TestEmulator emulator(kSeed);
  const Parameters here = {{"DestinationRegionId", "cn-hangzhou"}};
  CHECK(code_of(copy(emulator, "m-source", "plain", here)) == "IncorrectDestinationRegion");
  CHECK(
      copy(emulator, "m-source", "encrypted", {{"DestinationRegionId", "cn-hangzhou"}, {"Encrypted", "true"}})
          .status == 200);
  emulator.switch_to("alicloud_plain_copy_in_region", true);
  CHECK(copy(emulator, "m-source", "plain", here).status == 200);
}

TEST_CASE("a copy of a running Alibaba copy is refused, and so is the deletion of a source in use") {
  const TestEmulator emulator(kSeed);
  const std::string id = copy_id(emulator, "m-source", "copy");
  const ClientResponse again = alicloud::call(emulator, "cn-shanghai", "CopyImage",
                                              {{"ImageId", id}, {"DestinationRegionId", "cn-beijing"}});
  CHECK(again.status == 403);
  CHECK(code_of(again) == "OperationDenied.ImageCopying");
  CHECK(code_of(alicloud::call(emulator, "cn-hangzhou", "DeleteImage", {{"ImageId", "m-source"}})) ==
        "OperationDenied.ImageCopying");
  emulator.advance("100s");
  CHECK(alicloud::call(emulator, "cn-hangzhou", "DeleteImage", {{"ImageId", "m-source"}}).status == 200);
}

TEST_CASE("a new Alibaba copy can stay hidden for a while, and a canceled one be shown") {
  const TestEmulator emulator(kSeed);
  emulator.switch_to("hidden_reads", 2);
  emulator.switch_to("lingering_reads", 1);
  const std::string id = copy_id(emulator, "m-source", "copy");
  CHECK(show(emulator, id).is_null());
  CHECK(cancel(emulator, id).status == 404);
  CHECK(status_of(emulator, id) == "Creating");
  CHECK(cancel(emulator, id).status == 200);
  CHECK(status_of(emulator, id) == "Creating");
  CHECK(show(emulator, id).is_null());
}

TEST_CASE("an Alibaba endpoint serves only its own region if the switch says so") {
  const TestEmulator emulator(kSeed);
  const Parameters elsewhere = {{"RegionId", "cn-hangzhou"}};
  CHECK(alicloud::call(emulator, "cn-shanghai", "DescribeImages", elsewhere).body["TotalCount"] == 9);
  emulator.switch_to("alicloud_serve_other_regions", false);
  CHECK(code_of(alicloud::call(emulator, "cn-shanghai", "DescribeImages", elsewhere)) ==
        "InvalidRegionId.NotFound");
}

}  // namespace emulator
