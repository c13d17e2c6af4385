#include "src/cloud/baiducloud/replies.h"

#include <string>
#include <vector>

#include "tests/cloud/reply_tables.h"

using cloud::CopyState;
using cloud::CopyStatus;
using cloud::Image;
using cloud::ImageOwner;
using cloud::SourceImage;
using fakes::ReplyReader;
using nlohmann::json;

namespace {

constexpr ReplyReader kReader = {.read_status = cloud::baiducloud::read_image_status,
                                 .read_source = cloud::baiducloud::read_source};

}  // namespace

TEST_CASE("each status of an image on Baidu AI Cloud is a state of its copy (baiducloud/API.md 3.5)") {
  using enum CopyState;
  check_states(
      kReader,
      {
          {R"({"status": "Creating"})", copying, ""},
          {R"({"status": "dest_copying"})", copying, ""},
          {R"({"status": "NotAvailable"})", copying, "The cloud reports the status \"NotAvailable\"."},
          {R"({"status": "Available"})", available, ""},
          {R"({"status": "available"})", available, ""},
          {R"({"status": "CreatedFailed"})", failed, "The copy failed (CreatedFailed)."},
          {R"({"status": "CreateFailed"})", failed, "The copy failed (CreateFailed)."},
          {R"({"status": "Error"})", failed, "The copy failed (Error)."},
          {R"({"status": "ERROR"})", failed, "The copy failed (ERROR)."},
          // Not documented, as the status of a running copy is.
          {R"({"status": "Replicating"})", copying, "The cloud reports the status \"Replicating\"."},
          {R"({"status": ""})", copying, ""},
          {R"({"status": null})", copying, ""},
          {R"({"status": ["Available"]})", copying, ""},
          {R"({})", copying, ""},
      });
}

TEST_CASE(
    "an image on Baidu AI Cloud reports no progress, but is complete when it is available (baiducloud/API.md "
    "3.17)") {
  check_progress(kReader, {
                              {R"({"status": "Available"})", 100},
                              {R"({"status": "Creating"})", std::nullopt},
                              {R"({"status": "Error"})", std::nullopt},
                              {R"({"status": "Creating", "snapshots": [{"id": "s-1", "progress": "37%"}]})",
                               std::nullopt},
                              {R"({})", std::nullopt},
                          });
}

TEST_CASE("a copy on Baidu AI Cloud is read as documented (baiducloud/API.md 3.3)") {
  const CopyStatus status = kReader.status_of(R"json({
      "id": "m-4Tq9ZsLa", "name": "web-base-copy", "type": "Custom", "status": "Available", "osType": "linux",
      "osName": "Ubuntu", "osVersion": "22.04 LTS", "osArch": "x86_64 (64bit)", "osBuild": "2025111200",
      "osLang": "ENG", "specialVersion": "", "createTime": "2026-03-14T09:27:10Z", "desc": "", "diskSize": 20,
      "minDiskGb": 20, "ephemeralSize": 0, "encrypted": false, "package": false, "snapshots": []})json");
  CHECK(status == CopyStatus{.state = CopyState::available,
                             .image_id = "m-4Tq9ZsLa",
                             .progress_percent = 100,
                             .image = Image{.id = "m-4Tq9ZsLa",
                                            .name = "web-base-copy",
                                            .size_gb = 20,
                                            .os_type = "linux",
                                            .os_name = "Ubuntu 22.04 LTS",
                                            .architecture = "x86_64 (64bit)",
                                            .created_at = "2026-03-14T09:27:10Z",
                                            .encrypted = false}});
}

TEST_CASE(
    "each field of an image on Baidu AI Cloud may be missing or of another type (baiducloud/API.md 3.4)") {
  check_images(kReader,
               {
                   {R"({})", {}},
                   {R"({"id": "m-1"})", {.id = "m-1"}},
                   {R"({"name": "golden"})", {.name = "golden"}},
                   {R"({"desc": "weekly"})", {.description = "weekly"}},
                   {R"({"diskSize": 20})", {.size_gb = 20}},
                   {R"({"diskSize": "20"})", {.size_gb = 20}},
                   {R"({"diskSize": null, "minDiskGb": 20})", {}},
                   {R"({"osType": "linux"})", {.os_type = "linux"}},
                   {R"({"osName": "Ubuntu"})", {.os_name = "Ubuntu"}},
                   {R"({"osName": "Ubuntu", "osVersion": ""})", {.os_name = "Ubuntu"}},
                   {R"({"osVersion": "22.04 LTS"})", {.os_name = "22.04 LTS"}},
                   {R"json({"osArch": "x86_64 (64bit)"})json", {.architecture = "x86_64 (64bit)"}},
                   {R"({"createTime": "2026-03-14T09:27:10Z"})", {.created_at = "2026-03-14T09:27:10Z"}},
                   {R"({"encrypted": true})", {.encrypted = true}},
                   {R"({"encrypted": false})", {.encrypted = false}},
                   {R"({"encrypted": "maybe"})", {}},
                   {R"({"snapshots": [{"id": "s-1"}, {"id": "s-2"}]})", {.snapshot_ids = {"s-1", "s-2"}}},
                   {R"({"snapshots": [5, null, "s-1", {"id": ""}, {"id": ["s-2"]}, {"name": "s-3"}]})", {}},
                   {R"({"snapshots": null})", {}},
                   {R"({"id": ["m-1"], "name": {}, "desc": null, "osName": [], "createTime": null})", {}},
                   {R"({"tags": [{"tagKey": "team", "tagValue": "images"}]})", {}},
                   {R"({"later": {"a": 1}})", {}},
               });
}

TEST_CASE("a source image on Baidu AI Cloud belongs to the account or to others (baiducloud/API.md 3.6)") {
  using enum ImageOwner;
  check_owners(kReader, {
                            {R"({"type": "Custom"})", account},
                            {R"({"type": "BbcCustom"})", account},
                            {R"({"type": "GpuBccCustom"})", account},
                            {R"({"type": "GpuBbcCustom"})", account},
                            {R"({"type": "FpgaBccCustom"})", account},
                            {R"({"type": "EbcCustom"})", account},
                            {R"({"type": "System"})", cloud},
                            {R"({"type": "BbcSystem"})", cloud},
                            {R"({"type": "GpuBccSystem"})", cloud},
                            {R"({"type": "GpuBbcSystem"})", cloud},
                            {R"({"type": "FpgaBccSystem"})", cloud},
                            {R"({"type": "EbcSystem"})", cloud},
                            {R"({"type": "Integration"})", market},
                            {R"({"type": "Sharing"})", other_account},
                            // Not documented.
                            {R"({"type": "SystemLike"})", account},
                            {R"({"type": null})", account},
                            {R"({})", account},
                        });
}

TEST_CASE("a source image on Baidu AI Cloud may have data disks (baiducloud/API.md 3.4)") {
  struct Row {
    const char* item;
    bool has_data_disks;
  };
  const std::vector<Row> rows = {
      {R"({"package": true})", true},
      {R"({"package": "true"})", true},
      {R"({"package": false})", false},
      {R"({"package": 1})", false},
      {R"({})", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.item);
    CHECK(kReader.source_of(row.item).has_data_disks == row.has_data_disks);
    CHECK(kReader.source_of(row.item).image.extras == cloud::Extras());
  }
}

TEST_CASE("a response of something else than Baidu AI Cloud is no image") {
  for (const char* body :
       {"", "<html><body>Sign in</body></html>", "null", "true", "5", R"("Available")", "[]",
        R"([{"status": "Available"}])", R"({"Status": "Available", "ImageId": "m-1"})",
        R"({"image": {"status": "Available"}})"}) {
    CAPTURE(body);
    const json item = cloud::parse_json(body);
    CHECK(cloud::baiducloud::read_image_status(item) ==
          CopyStatus{.state = CopyState::copying, .image = Image()});
    CHECK(cloud::baiducloud::read_source(item) == SourceImage{.state = CopyState::copying});
  }
}
