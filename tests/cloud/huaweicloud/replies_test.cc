#include "src/cloud/huaweicloud/replies.h"

#include <string>
#include <vector>

#include "src/cloud/huaweicloud/extras.h"
#include "tests/cloud/reply_tables.h"

using cloud::CopyState;
using cloud::CopyStatus;
using cloud::Image;
using cloud::ImageOwner;
using cloud::SourceImage;
using fakes::ReplyReader;
using nlohmann::json;

namespace {

using cloud::huaweicloud::ImageExtras;

const cloud::Extras kWholeImage = cloud::Extras(ImageExtras{.has_backup = true});

SourceImage read_foreign_source(const json& item) {
  return cloud::huaweicloud::read_source(item, false);
}

constexpr ReplyReader kReader = {.read_status = cloud::huaweicloud::read_image_status,
                                 .read_source = read_foreign_source};

CopyStatus job_status_of(const std::string& job) {
  return cloud::huaweicloud::read_job_status(json::parse(job));
}

}  // namespace

TEST_CASE("each status of an image on Huawei Cloud is a state of its copy (huaweicloud/API.md 3.5)") {
  using enum CopyState;
  check_states(kReader,
               {
                   {R"({"status": "queued"})", queued, ""},
                   {R"({"status": "saving"})", copying, ""},
                   {R"({"status": "active"})", available, ""},
                   {R"({"status": "killed"})", failed, "The copy failed (killed)."},
                   // Clients leave out deleted images.
                   {R"({"status": "deleted"})", unknown, "The cloud reports the status \"deleted\"."},
                   // Not documented.
                   {R"({"status": "paused"})", unknown, "The cloud reports the status \"paused\"."},
                   {R"({"status": "ACTIVE"})", unknown, "The cloud reports the status \"ACTIVE\"."},
                   {R"({"status": ""})", unknown, "The cloud reports the status \"\"."},
                   {R"({"status": null})", unknown, "The cloud reports the status \"\"."},
                   {R"({"status": ["active"]})", unknown, "The cloud reports the status \"\"."},
                   {R"({})", unknown, "The cloud reports the status \"\"."},
               });
}

TEST_CASE(
    "an image on Huawei Cloud reports no progress, but is complete when it is available (huaweicloud/API.md "
    "3.5)") {
  check_progress(kReader, {
                              {R"({"status": "active"})", 100},
                              {R"({"status": "queued"})", std::nullopt},
                              {R"({"status": "saving"})", std::nullopt},
                              {R"({"status": "killed"})", std::nullopt},
                              {R"({})", std::nullopt},
                          });
}

TEST_CASE("a copy on Huawei Cloud is read as documented (huaweicloud/API.md 3.5)") {
  const CopyStatus status = kReader.status_of(R"({
      "id": "e2b9d4a6-53c1-4f7e-8a20-6d1c9b8f7e05", "name": "web-base-copy", "status": "active",
      "visibility": "private", "protected": false, "owner": "4f1c0d7e9a2b4c3d8e5f60718293a4b5", "min_disk": 40,
      "min_ram": 0, "max_ram": "4096", "disk_format": "zvhd2", "container_format": "bare",
      "created_at": "2026-03-14T09:26:54Z", "updated_at": "2026-03-14T09:29:04Z",
      "active_at": "2026-03-14T09:29:04Z", "size": 0, "virtual_size": null, "__imagetype": "private",
      "__isregistered": "true", "__image_source_type": "uds", "__os_type": "Linux", "__os_bit": "64",
      "__platform": "Ubuntu", "__os_version": "Ubuntu 22.04 server 64bit", "__description": "weekly",
      "__image_size": "1288490188", "__originalimagename": "7d0c3f52-1a8e-4b6d-9c47-2e5f8a9b0c1d",
      "__data_origin": "image,cn-north-4,7d0c3f52-1a8e-4b6d-9c47-2e5f8a9b0c1d",
      "virtual_env_type": "FusionCompute", "enterprise_project_id": "0", "tags": [],
      "self": "/v2/images/e2b9d4a6-53c1-4f7e-8a20-6d1c9b8f7e05",
      "file": "/v2/images/e2b9d4a6-53c1-4f7e-8a20-6d1c9b8f7e05/file", "schema": "/v2/schemas/image"})");
  CHECK(status ==
        CopyStatus{.state = CopyState::available,
                   .image_id = "e2b9d4a6-53c1-4f7e-8a20-6d1c9b8f7e05",
                   .progress_percent = 100,
                   .image = Image{.id = "e2b9d4a6-53c1-4f7e-8a20-6d1c9b8f7e05",
                                  .name = "web-base-copy",
                                  .description = "weekly",
                                  .size_gb = 40,
                                  .os_type = "linux",
                                  .os_name = "Ubuntu 22.04 server 64bit",
                                  .architecture = "x86",
                                  .created_at = "2026-03-14T09:26:54Z",
                                  .encrypted = false,
                                  .origin = cloud::Origin{.region = "cn-north-4",
                                                          .image_id = "7d0c3f52-1a8e-4b6d-9c47-2e5f8a9b0c1d"},
                                  .source_region = "cn-north-4",
                                  .resource_group_id = "",
                                  .tags = cloud::Tags()}});
}

TEST_CASE(
    "each field of an image on Huawei Cloud may be missing or of another type (huaweicloud/API.md 3.5)") {
  // An image without a key is not encrypted, and one that is not for ARM is for x86.
  check_images(
      kReader,
      {
          {R"({})", {.architecture = "x86", .encrypted = false}},
          {R"({"id": "1-2"})", {.id = "1-2", .architecture = "x86", .encrypted = false}},
          {R"({"name": "golden"})", {.name = "golden", .architecture = "x86", .encrypted = false}},
          {R"({"__description": "weekly"})",
           {.description = "weekly", .architecture = "x86", .encrypted = false}},
          {R"({"description": "weekly"})", {.architecture = "x86", .encrypted = false}},
          {R"({"min_disk": 40})", {.size_gb = 40, .architecture = "x86", .encrypted = false}},
          {R"({"min_disk": "40"})", {.size_gb = 40, .architecture = "x86", .encrypted = false}},
          {R"({"min_disk": null})", {.architecture = "x86", .encrypted = false}},
          {R"({"__os_type": "Windows"})", {.os_type = "windows", .architecture = "x86", .encrypted = false}},
          {R"({"__os_version": "Ubuntu 22.04 server 64bit"})",
           {.os_name = "Ubuntu 22.04 server 64bit", .architecture = "x86", .encrypted = false}},
          {R"({"__support_arm": "true"})", {.architecture = "arm", .encrypted = false}},
          {R"({"__support_arm": true})", {.architecture = "arm", .encrypted = false}},
          {R"({"__support_arm": "false"})", {.architecture = "x86", .encrypted = false}},
          {R"({"architecture": "arm"})", {.architecture = "x86", .encrypted = false}},
          {R"({"created_at": "2026-03-14T09:26:54Z"})",
           {.architecture = "x86", .created_at = "2026-03-14T09:26:54Z", .encrypted = false}},
          {R"({"__system__cmkid": "kms-1"})",
           {.architecture = "x86", .encrypted = true, .kms_key_id = "kms-1"}},
          {R"({"__system__cmkid": ""})", {.architecture = "x86", .encrypted = false}},
          {R"({"enterprise_project_id": "0"})",
           {.architecture = "x86", .encrypted = false, .resource_group_id = ""}},
          {R"({"enterprise_project_id": "ep-1"})",
           {.architecture = "x86", .encrypted = false, .resource_group_id = "ep-1"}},
          {R"({"enterprise_project_id": null})",
           {.architecture = "x86", .encrypted = false, .resource_group_id = ""}},
          {R"({"__whole_image": "true"})",
           {.architecture = "x86", .encrypted = false, .extras = kWholeImage}},
          {R"({"__whole_image": true})", {.architecture = "x86", .encrypted = false, .extras = kWholeImage}},
          {R"({"__whole_image": "false"})", {.architecture = "x86", .encrypted = false}},
          {R"({"__whole_image": "maybe"})", {.architecture = "x86", .encrypted = false}},
          {R"({"id": ["1-2"], "name": {}, "__os_type": null, "created_at": [], "__system__cmkid": null})",
           {.architecture = "x86", .encrypted = false}},
          {R"({"later": {"a": 1}})", {.architecture = "x86", .encrypted = false}},
      });
}

TEST_CASE("a source image on Huawei Cloud belongs to the account or to others (huaweicloud/API.md 3.5)") {
  using enum ImageOwner;
  check_owners(kReader, {
                            {R"({"__imagetype": "private"})", account},
                            {R"({"__imagetype": "gold"})", cloud},
                            {R"({"__imagetype": "market"})", market},
                            {R"({"__imagetype": "shared"})", other_account},
                            // Not documented.
                            {R"({"__imagetype": "community"})", account},
                            {R"({"__imagetype": null})", account},
                            {R"({})", account},
                        });
}

TEST_CASE("an own image that is shared with others belongs to the account (huaweicloud/API.md 3.4)") {
  const json shared = {{"__imagetype", "shared"}};
  CHECK(cloud::huaweicloud::read_source(shared, true).owner == ImageOwner::account);
  CHECK(cloud::huaweicloud::read_source(shared, false).owner == ImageOwner::other_account);
}

TEST_CASE("a source image on Huawei Cloud may be an ISO or a full-server image (huaweicloud/API.md 4.1)") {
  struct Row {
    const char* item;
    bool is_iso;
    bool has_data_disks;
  };
  const std::vector<Row> rows = {
      {R"({"virtual_env_type": "FusionCompute", "disk_format": "zvhd2"})", false, false},
      {R"({"virtual_env_type": "IsoImage"})", true, false},
      {R"({"disk_format": "iso"})", true, false},
      {R"({"__whole_image": "true"})", false, true},
      {R"({"__whole_image": "false"})", false, false},
      {R"({"virtual_env_type": ["IsoImage"], "disk_format": null, "__whole_image": 1})", false, false},
      {R"({})", false, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.item);
    CHECK(kReader.source_of(row.item).image.extras.get<ImageExtras>() ==
          ImageExtras{.is_iso = row.is_iso, .has_backup = row.has_data_disks});
    CHECK(kReader.source_of(row.item).has_data_disks == row.has_data_disks);
  }
}

TEST_CASE("a response of something else than Huawei Cloud is no image and no job") {
  for (const char* body : {"", "<html><body>Sign in</body></html>", "null", "true", "5", R"("active")", "[]",
                           R"([{"status": "active"}])", R"({"Status": "active", "ImageId": "m-1"})",
                           R"({"images": [{"status": "active"}]})"}) {
    CAPTURE(body);
    const json item = cloud::parse_json(body);
    const Image nothing{.architecture = item.is_object() ? "x86" : "", .encrypted = false};
    CHECK(cloud::huaweicloud::read_image_status(item) ==
          CopyStatus{.state = CopyState::unknown,
                     .status_reason = "The cloud reports the status \"\".",
                     .image = nothing});
    CHECK(read_foreign_source(item) == SourceImage{.image = nothing});
    CHECK(cloud::huaweicloud::read_job_status(item) == CopyStatus{.state = CopyState::copying});
    CHECK_FALSE(cloud::huaweicloud::read_origin(item));
    CHECK_FALSE(cloud::huaweicloud::is_deleted(item));
    CHECK_FALSE(cloud::huaweicloud::read_tag_list(item));
  }
}

TEST_CASE("an image on Huawei Cloud lists its tags in one text each (huaweicloud/API.md 3.5)") {
  struct Row {
    const char* item;
    std::optional<cloud::Tags> tags;
  };
  const std::vector<Row> rows = {
      {R"({})", std::nullopt},
      {R"({"tags": null})", std::nullopt},
      {R"({"tags": "team=images"})", std::nullopt},
      {R"({"tags": []})", cloud::Tags()},
      {R"({"tags": ["team=images", "stage="]})", cloud::Tags{{"team", "images"}, {"stage", ""}}},
      {R"({"tags": ["team"]})", cloud::Tags{{"team", ""}}},
      {R"({"tags": ["team=a=b"]})", cloud::Tags{{"team", "a=b"}}},
      {R"({"tags": [5, null, {"key": "team"}, "stage=prod"]})", cloud::Tags{{"stage", "prod"}}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.item);
    CHECK(kReader.image_of(row.item).tags == row.tags);
  }
}

TEST_CASE("the tags of an image on Huawei Cloud are a list of keys and values (huaweicloud/API.md 3.13)") {
  struct Row {
    const char* body;
    std::optional<cloud::Tags> tags;
  };
  const std::vector<Row> rows = {
      {R"({"tags": [{"key": "env", "value": "prod"}]})", cloud::Tags{{"env", "prod"}}},
      {R"({"tags": [{"key": "env", "value": "prod"}, {"key": "team", "value": ""}]})",
       cloud::Tags{{"env", "prod"}, {"team", ""}}},
      {R"({"tags": []})", cloud::Tags()},
      {R"({"tags": [{"key": "env"}]})", cloud::Tags{{"env", ""}}},
      {R"({"tags": [{"key": "env", "value": null}]})", cloud::Tags{{"env", ""}}},
      // Anything else does not show which tags exist.
      {R"({})", std::nullopt},
      {R"({"tags": null})", std::nullopt},
      {R"({"tags": ["env.prod"]})", std::nullopt},
      {R"({"tags": [{"key": "env", "value": "prod"}, {"value": "prod"}]})", std::nullopt},
      {R"({"tags": [{"key": "", "value": "prod"}]})", std::nullopt},
  };
  for (const Row& row : rows) {
    CAPTURE(row.body);
    CHECK(cloud::huaweicloud::read_tag_list(json::parse(row.body)) == row.tags);
  }
}

TEST_CASE("a copied image on Huawei Cloud names its source (huaweicloud/API.md 3.5)") {
  struct Row {
    const char* item;
    std::optional<cloud::Origin> origin;
  };
  const std::vector<Row> rows = {
      {R"({"__data_origin": "image,cn-north-4,1-2"})",
       cloud::Origin{.region = "cn-north-4", .image_id = "1-2"}},
      // Made from an instance, public, or from a file.
      {R"({"__data_origin": "instance,1-2"})", std::nullopt},
      {R"({"__data_origin": "instance,cn-north-4,1-2"})", std::nullopt},
      {R"({"__data_origin": ""})", std::nullopt},
      {R"({"__data_origin": null})", std::nullopt},
      {R"({})", std::nullopt},
      // Not documented.
      {R"({"__data_origin": "image,1-2"})", std::nullopt},
      {R"({"__data_origin": "image,cn-north-4,1-2,3"})", std::nullopt},
      {R"({"__data_origin": ["image", "cn-north-4", "1-2"]})", std::nullopt},
  };
  for (const Row& row : rows) {
    CAPTURE(row.item);
    CHECK(cloud::huaweicloud::read_origin(json::parse(row.item)) == row.origin);
    CHECK(kReader.image_of(row.item).origin == row.origin);
    CHECK(kReader.image_of(row.item).source_region == (row.origin ? row.origin->region : ""));
  }
}

TEST_CASE("an image on Huawei Cloud may be listed although it is deleted (huaweicloud/API.md 3.5)") {
  struct Row {
    const char* item;
    bool is_deleted;
  };
  const std::vector<Row> rows = {
      {R"({"status": "deleted"})", true},
      {R"({"status": "active"})", false},
      {R"({"status": "killed"})", false},
      {R"({"status": null})", false},
      {R"({})", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.item);
    CHECK(cloud::huaweicloud::is_deleted(json::parse(row.item)) == row.is_deleted);
  }
}

TEST_CASE("a job on Huawei Cloud is read as documented (huaweicloud/API.md 3.3)") {
  CHECK(job_status_of(R"({
      "job_id": "9a175ac79d2a54ad019d47145b8f78c0", "job_type": "imsCopyImageInRegionJob",
      "begin_time": "2026-03-14T09:26:53.168Z", "end_time": "", "status": "RUNNING", "error_code": null,
      "fail_reason": null,
      "entities": {"image_name": "web-base-copy", "process_percent": 0.40,
        "current_task": "CopyImageInRegionTask:", "subJobId": "9a175ac79d2a54ad019d47145b8f78c1",
        "image_id": "e2b9d4a6-53c1-4f7e-8a20-6d1c9b8f7e05"}})") ==
        CopyStatus{.state = CopyState::copying,
                   .image_id = "e2b9d4a6-53c1-4f7e-8a20-6d1c9b8f7e05",
                   .image_name = "web-base-copy",
                   .progress_percent = 40});
  // The image decides whether a finished copy is available.
  CHECK(job_status_of(R"({
      "job_id": "9a175ac79d2a54ad019d47145b8f78c0", "job_type": "imsCopyImageInRegionJob",
      "begin_time": "2026-03-14T09:26:53.168Z", "end_time": "2026-03-14T09:29:04.446Z", "status": "SUCCESS",
      "error_code": null, "fail_reason": null,
      "entities": {"image_id": "e2b9d4a6-53c1-4f7e-8a20-6d1c9b8f7e05", "image_name": "web-base-copy",
        "process_percent": 1, "current_task": ""}})") ==
        CopyStatus{.state = CopyState::copying,
                   .image_id = "e2b9d4a6-53c1-4f7e-8a20-6d1c9b8f7e05",
                   .image_name = "web-base-copy",
                   .progress_percent = 100});
}

TEST_CASE("each status of a job on Huawei Cloud is a state of its copy (huaweicloud/API.md 3.3)") {
  struct Row {
    const char* job;
    CopyState state;
  };
  using enum CopyState;
  const std::vector<Row> rows = {
      {R"({"status": "INIT"})", queued},
      {R"({"status": "RUNNING"})", copying},
      {R"({"status": "SUCCESS"})", copying},
      {R"({"status": "FAIL"})", failed},
      // Not documented: still running.
      {R"({"status": "PAUSED"})", copying},
      {R"({"status": "fail"})", copying},
      {R"({"status": null})", copying},
      {R"({"status": ["FAIL"]})", copying},
      {R"({})", copying},
  };
  for (const Row& row : rows) {
    CAPTURE(row.job);
    CHECK(job_status_of(row.job).state == row.state);
    CHECK(job_status_of(row.job).image == std::nullopt);
  }
}

TEST_CASE("a job on Huawei Cloud reports progress as a fraction (huaweicloud/API.md 3.3)") {
  struct Row {
    const char* job;
    std::optional<int> percent;
  };
  const std::vector<Row> rows = {
      {R"({"entities": {"process_percent": 0}})", 0},
      {R"({"entities": {"process_percent": 0.004}})", 0},
      {R"({"entities": {"process_percent": 0.29}})", 29},
      {R"({"entities": {"process_percent": 0.40}})", 40},
      {R"({"entities": {"process_percent": 0.999}})", 100},
      {R"({"entities": {"process_percent": 1}})", 100},
      // Not documented.
      {R"({"entities": {"process_percent": 40}})", std::nullopt},
      {R"({"entities": {"process_percent": -0.1}})", std::nullopt},
      {R"({"entities": {"process_percent": 1e300}})", std::nullopt},
      {R"({"entities": {"process_percent": "0.40"}})", std::nullopt},
      {R"({"entities": {"process_percent": null}})", std::nullopt},
      {R"({"entities": {}})", std::nullopt},
      {R"({"entities": null})", std::nullopt},
      {R"({})", std::nullopt},
  };
  for (const Row& row : rows) {
    CAPTURE(row.job);
    CHECK(job_status_of(row.job).progress_percent == row.percent);
  }
}

TEST_CASE("a failed job on Huawei Cloud gives its code and reason (huaweicloud/API.md 3.3)") {
  struct Row {
    const char* job;
    std::string reason;
  };
  const std::vector<Row> rows = {
      {R"({"status": "FAIL", "error_code": "IMG.0149", "fail_reason": "Copy failed."})",
       "IMG.0149: Copy failed."},
      {R"({"status": "FAIL", "fail_reason": "Copy failed."})", "Copy failed."},
      {R"({"status": "FAIL", "error_code": "IMG.0149", "fail_reason": null})",
       "IMG.0149: The cloud reports no reason."},
      {R"({"status": "FAIL", "entities": {"error_code": "IMG.0149", "error": "Copy failed."}})",
       "IMG.0149: Copy failed."},
      {R"({"status": "FAIL", "error_code": "IMG.1", "fail_reason": "a",
           "entities": {"error_code": "IMG.2", "error": "b"}})",
       "IMG.1: a"},
      {R"({"status": "FAIL", "error_code": ["IMG.1"], "fail_reason": {}})", "The cloud reports no reason."},
      {R"({"status": "FAIL"})", "The cloud reports no reason."},
      {R"({"status": "RUNNING", "error_code": "IMG.0149", "fail_reason": "Copy failed."})", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.job);
    CHECK(job_status_of(row.job).status_reason == row.reason);
  }
}
