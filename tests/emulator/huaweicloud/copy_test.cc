#include "tests/emulator/huaweicloud/projects.h"
#include "tests/emulator/huaweicloud/test_client.h"
#include "tests/emulator/test_support.h"

namespace emulator {
namespace {

constexpr const char* kSource = "00000000-0000-4000-8000-000000000001";
constexpr const char* kFailing = "00000000-0000-4000-8000-000000000002";
constexpr const char* kEncrypted = "00000000-0000-4000-8000-000000000003";
constexpr const char* kWhole = "00000000-0000-4000-8000-000000000004";
constexpr const char* kIso = "00000000-0000-4000-8000-000000000005";
constexpr const char* kBig = "00000000-0000-4000-8000-000000000006";
constexpr const char* kSaving = "00000000-0000-4000-8000-000000000007";
constexpr const char* kPublic = "00000000-0000-4000-8000-000000000008";
constexpr const char* kWindows = "00000000-0000-4000-8000-000000000009";

json image(const char* id, json more = json::object()) {
  more.update({{"cloud", "huaweicloud"}, {"region", "cn-north-4"}, {"id", id}, {"copy_duration", "100s"}});
  return more;
}

json key(const char* id, const char* state) {
  return {{"cloud", "huaweicloud"}, {"region", "cn-north-4"}, {"id", id}, {"state", state}};
}

const json kSeed = {
    {"images",
     {image(kSource, {{"name", "golden"}}), image(kEncrypted, {{"encrypted", true}}),
      image(kFailing, {{"outcome", "fail"},
                       {"fail_at_percent", 40},
                       {"fail_code", "IMG.0014"},
                       {"fail_reason", "volume service"}}),
      image(kWhole, {{"kind", "whole"}}), image(kIso, {{"kind", "iso"}}), image(kBig, {{"size_gb", 129}}),
      image(kSaving, {{"status", "saving"}}), image(kPublic, {{"kind", "public"}}),
      image(kWindows, {{"os_type", "Windows"}})}},
    {"kms_keys", {key("key-1", "enabled"), key("key-off", "disabled"), key("key-no", "forbidden")}},
    {"agencies", {"ims_copy"}},
    {"enterprise_projects", {"eps-1"}},
    {"projects", {{{"region", "cn-south-1"}, {"name", "cn-south-1_sub"}}}},
    {"vaults",
     {{{"region", "cn-south-1"}, {"id", "vault-1"}},
      {{"region", "cn-south-1"}, {"id", "vault-2"}, {"kind", "backup"}}}}};

/// A body for a copy to `cn-south-1`; the second object's fields replace those of the first.
json across(const json& more = json::object()) {
  json body = {{"name", "copy"},
               {"region", "cn-south-1"},
               {"project_name", "cn-south-1"},
               {"agency_name", "ims_copy"}};
  body.update(more);
  return body;
}

ClientResponse copy_across(const TestEmulator& emulator, const std::string& id, const json& body = across()) {
  return huaweicloud::call(emulator, "cn-north-4", "POST", "/v1/cloudimages/" + id + "/cross_region_copy",
                           body);
}

ClientResponse copy_inside(const TestEmulator& emulator, const std::string& id,
                           const json& body = {{"name", "copy"}}) {
  return huaweicloud::call(emulator, "cn-north-4", "POST", "/v1/cloudimages/" + id + "/copy", body);
}

std::string job_of(const ClientResponse& response) {
  CAPTURE(response.text);
  REQUIRE(response.status == 200);
  return response.body["job_id"];
}

ClientResponse describe_job(const TestEmulator& emulator, const std::string& job,
                            const std::string& region = "cn-north-4") {
  return huaweicloud::call(emulator, region, "GET",
                           "/v1/" + huaweicloud::project_id_of("emulator", region) + "/jobs/" + job);
}

/// The image of that name as the list shows it; null if it does not.
json find_named(const TestEmulator& emulator, const std::string& region, const std::string& name) {
  const ClientResponse response = huaweicloud::call(emulator, region, "GET", "/v2/cloudimages?name=" + name);
  REQUIRE(response.status == 200);
  return response.body["images"].empty() ? json() : response.body["images"][0];
}

ClientResponse remove(const TestEmulator& emulator, const std::string& region, const std::string& id,
                      const json& body = nullptr) {
  return huaweicloud::call(emulator, region, "DELETE", "/v2/images/" + id, body);
}

}  // namespace

TEST_CASE(
    "a Huawei job goes from INIT over RUNNING to SUCCESS, its image from queued over saving to active") {
  const TestEmulator emulator(kSeed);
  const std::string job = job_of(copy_across(emulator, kSource));
  json response = describe_job(emulator, job).body;
  CHECK(response["status"] == "INIT");
  CHECK(response["job_type"] == "imsCrossRegionCopyImageJob");
  CHECK(response["begin_time"] == "2026-03-14T09:26:53.000Z");
  CHECK(response["end_time"].is_null());
  CHECK(response["entities"] == json{{"image_name", "copy"}});
  CHECK(find_named(emulator, "cn-south-1", "copy").is_null());

  emulator.advance("10s");
  response = describe_job(emulator, job).body;
  CHECK(response["status"] == "RUNNING");
  CHECK(response["entities"]["process_percent"] == 0.1);
  CHECK_FALSE(response["entities"].contains("image_id"));
  CHECK(find_named(emulator, "cn-south-1", "copy")["status"] == "queued");

  emulator.advance("50s");
  json image = find_named(emulator, "cn-south-1", "copy");
  CHECK(image["status"] == "saving");
  CHECK(image["__image_size"] == "0");
  CHECK_FALSE(image.contains("active_at"));

  emulator.advance("40s");
  response = describe_job(emulator, job).body;
  CHECK(response["status"] == "SUCCESS");
  CHECK(response["end_time"] == "2026-03-14T09:28:33.000Z");
  CHECK(response["error_code"].is_null());
  CHECK(response["entities"]["process_percent"] == 1.0);
  image = find_named(emulator, "cn-south-1", "copy");
  CHECK(image["status"] == "active");
  CHECK(image["id"] == response["entities"]["image_id"]);
  CHECK(image["__data_origin"] == std::string("image,cn-north-4,") + kSource);
  CHECK(image["__originalimagename"] == kSource);
  CHECK(image["owner"] == huaweicloud::project_id_of("emulator", "cn-south-1"));
  CHECK(image["__image_size"] != "0");
  CHECK(find_named(emulator, "cn-north-4", "copy").is_null());
}

TEST_CASE("a running Huawei job names its image when switched so") {
  const TestEmulator emulator(kSeed);
  emulator.switch_to("huaweicloud_early_image_id", true);
  const std::string job = job_of(copy_across(emulator, kSource));
  emulator.advance("20s");
  CHECK(describe_job(emulator, job).body["entities"]["image_id"] ==
        find_named(emulator, "cn-south-1", "copy")["id"]);
}

TEST_CASE("a failed Huawei job says why, and its image is gone or killed") {
  const TestEmulator emulator(kSeed);
  const bool kept = GENERATE(false, true);
  emulator.switch_to("huaweicloud_keep_failed_image", kept);
  const std::string job = job_of(copy_across(emulator, kFailing));
  emulator.advance("39s");
  CHECK(describe_job(emulator, job).body["status"] == "RUNNING");
  emulator.advance("1s");
  const json response = describe_job(emulator, job).body;
  CHECK(response["status"] == "FAIL");
  CHECK(response["error_code"] == "IMG.0014");
  CHECK(response["fail_reason"] == "volume service");
  const json image = find_named(emulator, "cn-south-1", "copy");
  CHECK(image.is_null() != kept);
  if (kept) CHECK(image["status"] == "killed");
}

TEST_CASE("both job calls find a job only in its source region and project") {
  const TestEmulator emulator(kSeed);
  const std::string job = job_of(copy_across(emulator, kSource));
  CHECK(huaweicloud::call(emulator, "cn-north-4", "GET", "/v1/cloudimages/job/" + job).body["job_id"] == job);
  const ClientResponse elsewhere = describe_job(emulator, job, "cn-south-1");
  CHECK(elsewhere.status == 404);
  emulator.switch_to("huaweicloud_unknown_job_is_400", true);
  const ClientResponse refused = describe_job(emulator, "x");
  CHECK(refused.status == 400);
  CHECK(code_of(refused) == "IMG.0023");
}

TEST_CASE("an ended Huawei job is forgotten when switched so") {
  const TestEmulator emulator(kSeed);
  emulator.switch_to("huaweicloud_job_lifetime", "60s");
  const std::string job = job_of(copy_across(emulator, kSource));
  emulator.advance("159s");
  CHECK(describe_job(emulator, job).status == 200);
  emulator.advance("1s");
  CHECK(describe_job(emulator, job).status == 404);
}

TEST_CASE("a Huawei copy inside a region can be encrypted and belong to an enterprise project") {
  const TestEmulator emulator(kSeed);
  const json body = {
      {"name", "copy"}, {"description", "words"}, {"cmk_id", "key-1"}, {"enterprise_project_id", "eps-1"}};
  const std::string job = job_of(copy_inside(emulator, kSource, body));
  emulator.advance("100s");
  CHECK(describe_job(emulator, job).body["job_type"] == "imsCopyImageInRegionJob");
  const json image = find_named(emulator, "cn-north-4", "copy");
  CHECK(image["__system__cmkid"] == "key-1");
  CHECK(image["enterprise_project_id"] == "eps-1");
  CHECK(image["__description"] == "words");
  const std::string newer = std::string("/v2.1/cloudimages/") + kEncrypted + "/copy";
  CHECK(huaweicloud::call(emulator, "cn-north-4", "POST", newer, {{"name", "plain"}}).status == 200);
  emulator.advance("100s");
  CHECK_FALSE(find_named(emulator, "cn-north-4", "plain").contains("__system__cmkid"));
}

TEST_CASE("a Huawei copy can go to a project inside the destination") {
  const TestEmulator emulator(kSeed);
  job_of(copy_across(emulator, kSource, across({{"project_name", "cn-south-1_sub"}})));
  emulator.advance("100s");
  CHECK(find_named(emulator, "cn-south-1", "copy").is_null());
  http::Request request = huaweicloud::signed_request(emulator, "cn-south-1", "GET", "/v2/cloudimages");
  request.headers.push_back(
      {.name = "X-Project-Id", .value = huaweicloud::project_id_of("emulator", "cn-south-1_sub")});
  CHECK(emulator.send(request).body["images"].size() == 1);
}

TEST_CASE("the sixth Huawei job is refused, by source region or over the account") {
  const TestEmulator emulator(kSeed);
  for (int n = 0; n < 5; ++n) {
    job_of(copy_across(emulator, kSource, across({{"name", "copy" + std::to_string(n)}})));
  }
  const ClientResponse sixth = copy_inside(emulator, kSource);
  CHECK(sixth.status == 400);
  CHECK(code_of(sixth) == "IMG.0060");
  CHECK(code_of(copy_across(emulator, kSource, across({{"name", "sixth"}}))) == "IMG.0149");
  emulator.control("POST", "seed",
                   {{"images", {{{"cloud", "huaweicloud"}, {"region", "cn-east-3"}, {"id", kSource}}}}});
  const auto copy_elsewhere = [&] {
    return huaweicloud::call(emulator, "cn-east-3", "POST",
                             std::string("/v1/cloudimages/") + kSource + "/copy", {{"name", "copy"}});
  };
  emulator.switch_to("huaweicloud_jobs_by_account", true);
  CHECK(code_of(copy_elsewhere()) == "IMG.0060");
  emulator.switch_to("huaweicloud_jobs_by_account", false);
  CHECK(copy_elsewhere().status == 200);
  emulator.advance("100s");
  CHECK(copy_inside(emulator, kSource).status == 200);
}

TEST_CASE("Huawei refuses copies as the API documents") {
  const TestEmulator emulator(kSeed);
  const auto inside = [&](const char* id, const json& body) {
    return code_of(copy_inside(emulator, id, body));
  };
  const auto beyond = [&](const char* id, const json& more) {
    return code_of(copy_across(emulator, id, across(more)));
  };
  const json named = {{"name", "copy"}};
  CHECK(inside(kSource, "") == "IMG.0007");
  CHECK(inside(kSource, "[]") == "IMG.0001");
  CHECK(inside(kSource, {{"name", 1}}) == "IMG.0001");
  CHECK(inside(kSource, {{"description", "x"}}) == "IMG.0013");
  CHECK(inside(kSource, {{"name", std::string(129, 'a')}}) == "IMG.0002");
  CHECK(inside(kSource, {{"name", "copy "}}) == "IMG.0003");
  CHECK(inside(kSource, {{"name", "a/b"}}) == "IMG.0003");
  CHECK(inside(kSource, {{"name", "copy"}, {"description", std::string(1025, 'a')}}) == "IMG.0004");
  CHECK(inside(kSource, {{"name", "copy"}, {"description", "<b>"}}) == "IMG.0054");
  CHECK(inside("00000000-0000-4000-8000-0000000000ff", named) == "IMG.0027");
  CHECK(inside("not-a-uuid", named) == "IMG.0066");
  CHECK(inside(kSaving, named) == "IMG.0046");
  CHECK(inside(kPublic, named) == "IMG.0047");
  CHECK(inside(kIso, named) == "IMG.0167");
  CHECK(inside(kBig, named) == "IMG.0059");
  CHECK(beyond(kBig, json::object()) == "IMG.0146");
  CHECK(inside(kWhole, named) == "IMG.0130");
  CHECK(inside(kSource, {{"name", "copy"}, {"cmk_id", "key-2"}}) == "IMG.0095");
  CHECK(inside(kSource, {{"name", "copy"}, {"cmk_id", "key-off"}}) == "IMG.0097");
  CHECK(inside(kSource, {{"name", "copy"}, {"cmk_id", "key-no"}}) == "IMG.0099");
  CHECK(inside(kSource, {{"name", "copy"}, {"enterprise_project_id", "eps-2"}}) == "IMG.0155");
  CHECK(beyond(kSource, {{"region", ""}}) == "IMG.0001");
  CHECK(beyond(kSource, {{"agency_name", nullptr}}) == "IMG.0001");
  CHECK(beyond(kSource, {{"region", "cn-north-4"}, {"project_name", "cn-north-4"}}) == "IMG.0142");
  CHECK(beyond(kSource, {{"region", "mars"}}) == "IMG.0147");
  CHECK(beyond(kSource, {{"project_name", "cn-east-3"}}) == "IMG.0145");
  CHECK(beyond(kSource, {{"agency_name", "others"}}) == "IMG.0036");
  CHECK(beyond(kEncrypted, json::object()) == "IMG.0143");
  CHECK(beyond(kWhole, json::object()) == "IMG.0184");
  CHECK(beyond(kWhole, {{"vault_id", "vault-9"}}) == "IMG.0188");
  CHECK(beyond(kWhole, {{"vault_id", "vault-2"}}) == "IMG.0189");
  emulator.switch_to("huaweicloud_copy_windows", false);
  CHECK(inside(kWindows, named) == "IMG.0105");
  emulator.switch_to("huaweicloud_unique_names", true);
  CHECK(inside(kSource, {{"name", "golden"}}) == "IMG.0009");
  emulator.switch_to("huaweicloud_image_quota", 1);
  CHECK(inside(kSource, named) == "IMG.0015");
}

TEST_CASE("an unknown agency fails the Huawei job when switched so") {
  const TestEmulator emulator(kSeed);
  emulator.switch_to("huaweicloud_agency_fails_job", true);
  const std::string job = job_of(copy_across(emulator, kSource, across({{"agency_name", "others"}})));
  emulator.advance("10s");
  const json response = describe_job(emulator, job).body;
  CHECK(response["status"] == "FAIL");
  CHECK(response["error_code"] == "IMG.0036");
}

TEST_CASE("Huawei deletes by the state of the image") {
  const TestEmulator emulator(kSeed);
  const std::string job = job_of(copy_across(emulator, kSource));
  emulator.switch_to("huaweicloud_early_image_id", true);
  emulator.advance("10s");
  const std::string id = describe_job(emulator, job).body["entities"]["image_id"];

  SECTION("queued and saving: refused") {
    ClientResponse refused = remove(emulator, "cn-south-1", id);
    CHECK(refused.status == 400);
    CHECK(code_of(refused) == "IMG.0090");
    emulator.advance("50s");
    CHECK(code_of(remove(emulator, "cn-south-1", id)) == "IMG.0090");
  }
  SECTION("saving: accepted when switched so, and the job fails") {
    emulator.switch_to("huaweicloud_delete_while_copying", true);
    CHECK(remove(emulator, "cn-south-1", id).status == 204);
    CHECK(describe_job(emulator, job).body["status"] == "FAIL");
  }
  SECTION("active: accepted, and gone") {
    emulator.advance("90s");
    const ClientResponse response = remove(emulator, "cn-south-1", id);
    CHECK(response.status == 204);
    CHECK(response.text.empty());
    CHECK(remove(emulator, "cn-south-1", id).status == 404);
    CHECK(find_named(emulator, "cn-south-1", "copy").is_null());
    CHECK_FALSE(emulator.image("cn-north-4", kSource).is_null());
  }
  SECTION("active: still listed for a while when switched so") {
    emulator.advance("90s");
    emulator.switch_to("lingering_reads", 1);
    CHECK(remove(emulator, "cn-south-1", id).status == 204);
    CHECK(find_named(emulator, "cn-south-1", "copy")["status"] == "active");
    CHECK(find_named(emulator, "cn-south-1", "copy").is_null());
  }
}

TEST_CASE("a Huawei full-ECS copy leaves its backup unless that is deleted too") {
  const TestEmulator emulator(kSeed);
  const bool with_backup = GENERATE(false, true);
  CHECK_FALSE(job_of(copy_across(emulator, kWhole, across({{"vault_id", "vault-1"}}))).empty());
  emulator.advance("100s");
  const json image = find_named(emulator, "cn-south-1", "copy");
  CHECK(image["__whole_image"] == "true");
  const json backups = emulator.control("GET", "snapshots").body["snapshots"];
  REQUIRE(backups.size() == 1);
  CHECK(backups[0]["id"] == image["__backup_id"]);
  CHECK(remove(emulator, "cn-south-1", image["id"], {{"delete_backup", with_backup}}).status == 204);
  CHECK(emulator.control("GET", "snapshots").body["snapshots"].size() == (with_backup ? 0 : 1));
}

}  // namespace emulator
