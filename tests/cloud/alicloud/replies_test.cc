#include "src/cloud/alicloud/replies.h"

#include <string>
#include <vector>

#include "src/cloud/alicloud/extras.h"
#include "tests/cloud/reply_tables.h"

using cloud::CopyState;
using cloud::CopyStatus;
using cloud::Image;
using cloud::ImageOwner;
using cloud::SourceImage;
using fakes::ReplyReader;
using nlohmann::json;

namespace {

constexpr ReplyReader kReader = {.read_status = cloud::alicloud::read_image_status,
                                 .read_source = cloud::alicloud::read_source};

}  // namespace

TEST_CASE("each status of an image on Alibaba Cloud is a state of its copy (alicloud/API.md 4.2)") {
  using enum CopyState;
  check_states(kReader,
               {
                   {R"({"Status": "Waiting"})", queued, ""},
                   {R"({"Status": "Creating"})", copying, ""},
                   {R"({"Status": "Available"})", available, ""},
                   {R"({"Status": "Deprecated"})", available, "The image is deprecated."},
                   {R"({"Status": "CreateFailed"})", failed, "The copy failed (CreateFailed)."},
                   {R"({"Status": "UnAvailable"})", failed, "The image cannot be used (UnAvailable)."},
                   // Not documented.
                   {R"({"Status": "Paused"})", unknown, "The cloud reports the status \"Paused\"."},
                   {R"({"Status": "available"})", unknown, "The cloud reports the status \"available\"."},
                   {R"({"Status": ""})", unknown, "The cloud reports the status \"\"."},
                   {R"({"Status": null})", unknown, "The cloud reports the status \"\"."},
                   {R"({"Status": ["Available"]})", unknown, "The cloud reports the status \"\"."},
                   {R"({})", unknown, "The cloud reports the status \"\"."},
               });
}

TEST_CASE(
    "Alibaba Cloud reports progress as a percentage, in old responses without the sign (alicloud/API.md "
    "3.3)") {
  check_progress(kReader, {
                              {R"({"Status": "Creating", "Progress": "0%"})", 0},
                              {R"({"Status": "Creating", "Progress": "37%"})", 37},
                              {R"({"Status": "Available", "Progress": "100%"})", 100},
                              {R"({"Status": "Creating", "Progress": "37"})", 37},
                              {R"({"Status": "Creating", "Progress": 37})", 37},
                              // Not documented.
                              {R"({"Status": "Creating", "Progress": "101%"})", std::nullopt},
                              {R"({"Status": "Creating", "Progress": "-1%"})", std::nullopt},
                              {R"({"Status": "Creating", "Progress": "99999999999%"})", std::nullopt},
                              {R"({"Status": "Creating", "Progress": "half"})", std::nullopt},
                              {R"({"Status": "Creating", "Progress": ""})", std::nullopt},
                              {R"({"Status": "Creating", "Progress": {"percent": 37}})", std::nullopt},
                              {R"({"Status": "Creating"})", std::nullopt},
                          });
}

TEST_CASE("a copy on Alibaba Cloud is read as documented (alicloud/API.md 3.3)") {
  const CopyStatus status = kReader.status_of(R"({
      "ImageId": "m-uf6copy000000000001", "ImageName": "golden-copy", "Description": "nightly", "Status": "Creating",
      "Progress": "37%", "IsCopied": true, "ImageOwnerAlias": "self", "Size": 40, "OSType": "linux",
      "Architecture": "x86_64", "CreationTime": "2026-03-01T10:00:00Z", "Usage": "none",
      "DiskDeviceMappings": {"DiskDeviceMapping": [{"Device": "/dev/xvda", "Type": "system", "Size": "40",
        "SnapshotId": "s-uf6snap00000000001", "Progress": "37%", "RemainTime": 420}]},
      "Tags": {"Tag": [{"TagKey": "team", "TagValue": "images"}]}})");
  CHECK(status == CopyStatus{.state = CopyState::copying,
                             .image_id = "m-uf6copy000000000001",
                             .progress_percent = 37,
                             .image = Image{.id = "m-uf6copy000000000001",
                                            .name = "golden-copy",
                                            .description = "nightly",
                                            .size_gb = 40,
                                            .os_type = "linux",
                                            .architecture = "x86_64",
                                            .created_at = "2026-03-01T10:00:00Z",
                                            .snapshot_ids = {"s-uf6snap00000000001"},
                                            .tags = cloud::Tags{{"team", "images"}}}});
}

TEST_CASE("each field of an image on Alibaba Cloud may be missing or of another type (alicloud/API.md 3.3)") {
  check_images(
      kReader,
      {
          {R"({})", {}},
          {R"({"ImageId": "m-1"})", {.id = "m-1"}},
          {R"({"ImageName": "golden"})", {.name = "golden"}},
          {R"({"Description": "nightly"})", {.description = "nightly"}},
          {R"({"Size": 40})", {.size_gb = 40}},
          {R"({"Size": "40"})", {.size_gb = 40}},
          {R"({"Size": "large"})", {}},
          {R"({"Size": null})", {}},
          {R"({"OSType": "linux"})", {.os_type = "linux"}},
          {R"({"OSNameEn": "Ubuntu 22.04 64 bit"})", {.os_name = "Ubuntu 22.04 64 bit"}},
          {R"({"OSName": "Ubuntu 22.04 64位"})", {.os_name = "Ubuntu 22.04 64位"}},
          {R"({"OSName": "Ubuntu 22.04 64位", "OSNameEn": "Ubuntu 22.04 64 bit"})",
           {.os_name = "Ubuntu 22.04 64 bit"}},
          {R"({"Architecture": "arm64"})", {.architecture = "arm64"}},
          {R"({"CreationTime": "2026-03-01T10:00:00Z"})", {.created_at = "2026-03-01T10:00:00Z"}},
          {R"({"ImageId": ["m-1"], "ImageName": {}, "Description": null, "OSType": [], "CreationTime": null})",
           {}},
          {R"({"DiskDeviceMappings": null, "Tags": null})", {}},
          {R"({"DiskDeviceMappings": {"DiskDeviceMapping": "none"}})", {}},
          {R"({"DiskDeviceMappings": {"DiskDeviceMapping": [5, null, "s-1", {"SnapshotId": ["s-2"]}]}})", {}},
          {R"({"Later": {"a": 1}})", {}},
      });
}

TEST_CASE("a source image on Alibaba Cloud belongs to the account or to others (alicloud/API.md 3.3)") {
  using enum ImageOwner;
  check_owners(kReader, {
                            {R"({"ImageOwnerAlias": "self"})", account},
                            {R"({"ImageOwnerAlias": "self", "IsPublic": true})", account},
                            {R"({"ImageOwnerAlias": "others"})", other_account},
                            {R"({"ImageOwnerAlias": "others", "IsPublic": false})", other_account},
                            {R"({"ImageOwnerAlias": "others", "IsPublic": true})", community},
                            {R"({"ImageOwnerAlias": "others", "IsPublic": "True"})", community},
                            {R"({"ImageOwnerAlias": "system", "IsPublic": true})", cloud},
                            {R"({"ImageOwnerAlias": "marketplace"})", market},
                            // Not documented.
                            {R"({"ImageOwnerAlias": "friends"})", account},
                            {R"({"ImageOwnerAlias": null})", account},
                            {R"({})", account},
                        });
}

TEST_CASE("a source image on Alibaba Cloud that is deprecated cannot be copied (alicloud/API.md 3.1)") {
  struct Row {
    const char* item;
    bool is_deprecated;
  };
  const std::vector<Row> rows = {
      {R"({"Status": "Deprecated"})", true}, {R"({"Status": "Available"})", false}, {R"({})", false}};
  for (const Row& row : rows) {
    CAPTURE(row.item);
    CHECK(kReader.source_of(row.item).image.extras.get<cloud::alicloud::ImageExtras>().is_deprecated ==
          row.is_deprecated);
    CHECK_FALSE(kReader.source_of(row.item).has_data_disks);
  }
}

TEST_CASE("a response of something else than Alibaba Cloud is no image") {
  for (const char* body : {"", "<html><body>Sign in</body></html>", "null", "true", "5", R"("Available")",
                           "[]", R"([{"Status": "Available"}])", R"({"status": "Available", "id": "m-1"})",
                           R"({"Images": {"Image": [{"Status": "Available"}]}})"}) {
    CAPTURE(body);
    const json item = cloud::parse_json(body);
    CHECK(cloud::alicloud::read_image_status(item) ==
          CopyStatus{.state = CopyState::unknown,
                     .status_reason = "The cloud reports the status \"\".",
                     .image = Image()});
    CHECK(cloud::alicloud::read_source(item) == SourceImage{});
  }
}

TEST_CASE(
    "tags of an image on Alibaba Cloud are read without those of the service and the copy key "
    "(alicloud/API.md 3.6)") {
  struct Row {
    const char* item;
    std::optional<cloud::Tags> tags;
  };
  const std::vector<Row> rows = {
      {R"({})", std::nullopt},
      {R"({"Tags": null})", std::nullopt},
      {R"({"Tags": []})", std::nullopt},
      {R"({"Tags": {}})", cloud::Tags()},
      {R"({"Tags": {"Tag": []}})", cloud::Tags()},
      {R"({"Tags": {"Tag": "none"}})", cloud::Tags()},
      {R"({"Tags": {"Tag": [{"TagKey": "team", "TagValue": "images"}, {"TagKey": "stage", "TagValue": ""}]}})",
       cloud::Tags{{"team", "images"}, {"stage", ""}}},
      {R"({"Tags": {"Tag": [{"TagKey": "team"}]}})", cloud::Tags{{"team", ""}}},
      {R"({"Tags": {"Tag": [{"TagKey": "acs:rm:rgId", "TagValue": "rg-1"}]}})", cloud::Tags()},
      {R"({"Tags": {"Tag": [{"TagKey": "aliyun-made", "TagValue": "1"}]}})", cloud::Tags()},
      {R"({"Tags": {"Tag": [{"TagKey": "http://a", "TagValue": "1"}, {"TagKey": "https://a", "TagValue": "1"}]}})",
       cloud::Tags()},
      {R"({"Tags": {"Tag": [{"TagKey": "image-copy-key", "TagValue": "copy-1/cn-hangzhou"}]}})",
       cloud::Tags()},
      // Names that only resemble those of the service.
      {R"({"Tags": {"Tag": [{"TagKey": "acs", "TagValue": "1"}, {"TagKey": "my-aliyun", "TagValue": "1"},
                            {"TagKey": "http", "TagValue": "1"}, {"TagKey": "image-copy-keys", "TagValue": "1"}]}})",
       cloud::Tags{{"acs", "1"}, {"my-aliyun", "1"}, {"http", "1"}, {"image-copy-keys", "1"}}},
      // The names of requests.
      {R"({"Tags": {"Tag": [{"Key": "team", "Value": "images"}]}})", cloud::Tags()},
      {R"({"Tags": {"Tag": [5, null, "team", {"TagKey": ["team"]}]}})", cloud::Tags()},
  };
  for (const Row& row : rows) {
    CAPTURE(row.item);
    CHECK(kReader.image_of(row.item).tags == row.tags);
  }
}

TEST_CASE(
    "a tag of an image on Alibaba Cloud stores the copy key and the source region (alicloud/API.md 3.14)") {
  struct Row {
    const char* value;
    std::string copy_key;
    std::string source_region;
  };
  const std::vector<Row> rows = {
      {"copy-1/cn-hangzhou", "copy-1", "cn-hangzhou"},
      {"copy-1", "copy-1", ""},
      {"copy-1/", "copy-1", ""},
      {"copy-1/cn-hangzhou/more", "copy-1", "cn-hangzhou"},
      {"/cn-hangzhou", "", "cn-hangzhou"},
      {"", "", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.value);
    const json tag = {{"TagKey", "image-copy-key"}, {"TagValue", row.value}};
    const json item = {{"Tags", {{"Tag", json::array({{{"TagKey", "team"}, {"TagValue", "a/b"}}, tag})}}}};
    const Image image = kReader.image_of(item.dump());
    CHECK(image.copy_key == row.copy_key);
    CHECK(image.source_region == row.source_region);
    CHECK_FALSE(image.origin);
  }
}

TEST_CASE(
    "the disks of an image on Alibaba Cloud name its snapshots and its encryption (alicloud/API.md 3.3)") {
  struct Row {
    const char* disks;
    std::vector<std::string> snapshot_ids;
    std::optional<bool> encrypted;
  };
  const std::vector<Row> rows = {
      {R"([])", {}, std::nullopt},
      {R"([{"Type": "system", "SnapshotId": "s-1"}])", {"s-1"}, std::nullopt},
      {R"([{"Type": "system", "SnapshotId": "s-1", "Encrypted": true}])", {"s-1"}, true},
      {R"([{"Type": "system", "SnapshotId": "s-1", "Encrypted": false}])", {"s-1"}, false},
      {R"([{"Type": "system", "SnapshotId": "s-1", "Encrypted": "True"}])", {"s-1"}, true},
      {R"([{"Type": "system", "SnapshotId": "s-1", "Encrypted": "maybe"}])", {"s-1"}, std::nullopt},
      // The system disk decides, in any order.
      {R"([{"Type": "system", "SnapshotId": "s-1", "Encrypted": false}, {"Type": "data", "SnapshotId": "s-2", "Encrypted": true}])",
       {"s-1", "s-2"},
       false},
      {R"([{"Type": "data", "SnapshotId": "s-2", "Encrypted": true}, {"Type": "system", "SnapshotId": "s-1", "Encrypted": false}])",
       {"s-2", "s-1"},
       false},
      {R"([{"Type": "data", "SnapshotId": "s-2", "Encrypted": true}])", {"s-2"}, true},
      // A disk of an image that is being made has no snapshot yet.
      {R"([{"Type": "system"}, {"Type": "data", "SnapshotId": ""}])", {}, std::nullopt},
  };
  for (const Row& row : rows) {
    CAPTURE(row.disks);
    const Image image =
        kReader.image_of(R"({"DiskDeviceMappings": {"DiskDeviceMapping": )" + std::string(row.disks) + "}}");
    CHECK(image.snapshot_ids == row.snapshot_ids);
    CHECK(image.encrypted == row.encrypted);
  }
}
