#include "tests/emulator/baiducloud/test_client.h"
#include "tests/emulator/test_support.h"

namespace emulator {
namespace {

const json kSeed = {
    {"images",
     {{{"cloud", "baiducloud"},
       {"region", "bj"},
       {"id", "m-source"},
       {"name", "golden"},
       {"copy_duration", "100s"}},
      {{"cloud", "baiducloud"},
       {"region", "bj"},
       {"id", "m-failing"},
       {"copy_duration", "100s"},
       {"outcome", "fail"},
       {"fail_at_percent", 40}},
      {{"cloud", "baiducloud"}, {"region", "bj"}, {"id", "m-stubborn"}, {"outcome", "uncancellable"}},
      {{"cloud", "baiducloud"}, {"region", "bj"}, {"id", "m-public"}, {"kind", "public"}},
      {{"cloud", "baiducloud"}, {"region", "bj"}, {"id", "m-package"}, {"kind", "package"}},
      {{"cloud", "baiducloud"}, {"region", "bj"}, {"id", "m-iso"}, {"kind", "iso"}},
      {{"cloud", "baiducloud"}, {"region", "bj"}, {"id", "m-broken"}, {"status", "Error"}},
      {{"cloud", "baiducloud"}, {"region", "bj"}, {"id", "m-encrypted"}, {"encrypted", true}}}}};

ClientResponse copy(const TestEmulator& emulator, const std::string& source, const json& regions = {"gz"}) {
  return baiducloud::call(emulator, "bj", "POST", "/v2/image/" + source + "?remoteCopy",
                          {{"name", "copy"}, {"destRegion", regions}});
}

std::string copy_id(const TestEmulator& emulator, const std::string& source) {
  const ClientResponse response = copy(emulator, source);
  CAPTURE(response.text);
  REQUIRE(response.status == 200);
  REQUIRE(response.body["result"].size() == 1);
  CHECK(response.body["result"][0]["region"] == "gz");
  CHECK(response.body["result"][0]["code"] == "");
  return response.body["result"][0]["imageId"];
}

ClientResponse read_image(const TestEmulator& emulator, const std::string& id,
                          const std::string& region = "gz") {
  return baiducloud::call(emulator, region, "GET", "/v2/image/" + id);
}

std::string status_of(const TestEmulator& emulator, const std::string& id, const std::string& region = "gz") {
  const ClientResponse response = read_image(emulator, id, region);
  return response.status == 200 ? response.body["image"]["status"].get<std::string>() : code_of(response);
}

ClientResponse cancel(const TestEmulator& emulator, const std::string& id) {
  return baiducloud::call(emulator, "gz", "POST", "/v2/image/" + id + "?cancelRemoteCopy");
}

ClientResponse remove(const TestEmulator& emulator, const std::string& id) {
  return baiducloud::call(emulator, "gz", "DELETE", "/v2/image/" + id);
}

}  // namespace

TEST_CASE("a Baidu copy is there at once as dest_copying and becomes Available") {
  const TestEmulator emulator(kSeed);
  const std::string id = copy_id(emulator, "m-source");
  CHECK(status_of(emulator, id) == "dest_copying");
  CHECK(read_image(emulator, id, "bj").status == 404);
  emulator.advance("99s");
  CHECK(status_of(emulator, id) == "dest_copying");
  emulator.advance("1s");
  CHECK(status_of(emulator, id) == "Available");
  CHECK(read_image(emulator, id).body["image"]["type"] == "Custom");
}

TEST_CASE("the statuses of a running and a failed Baidu copy can be switched") {
  const TestEmulator emulator(kSeed);
  const std::string id = copy_id(emulator, "m-failing");
  emulator.switch_to("baiducloud_copying_status", "Creating");
  CHECK(status_of(emulator, id) == "Creating");
  emulator.advance("40s");
  CHECK(status_of(emulator, id) == "CreatedFailed");
  emulator.switch_to("baiducloud_failed_status", "CreateFailed");
  CHECK(status_of(emulator, id) == "CreateFailed");
}

TEST_CASE("the source of a running Baidu copy is busy, unless switched off") {
  const TestEmulator emulator(kSeed);
  copy_id(emulator, "m-source");
  CHECK(status_of(emulator, "m-source", "bj") == "source_copying");
  const ClientResponse again = copy(emulator, "m-source", {"su"});
  CHECK(again.status == 409);
  CHECK(code_of(again) == "Image.ImageStatusForbidden");
  CHECK(code_of(baiducloud::call(emulator, "bj", "DELETE", "/v2/image/m-source")) == "OperationDenied");
  emulator.switch_to("baiducloud_source_busy", false);
  CHECK(status_of(emulator, "m-source", "bj") == "Available");
  CHECK(copy(emulator, "m-source", {"su"}).status == 200);
  emulator.switch_to("baiducloud_source_busy", true);
  emulator.advance("100s");
  CHECK(status_of(emulator, "m-source", "bj") == "Available");
}

TEST_CASE("cancelRemoteCopy and DELETE answer by the state of a Baidu image") {
  const TestEmulator emulator(kSeed);
  const std::string id = copy_id(emulator, "m-source");

  SECTION("copying: canceled and gone, not deleted") {
    const ClientResponse refused = remove(emulator, id);
    CHECK(refused.status == 409);
    CHECK(code_of(refused) == "Image.CreatingImageCannotBeDeleted");
    const ClientResponse cancelled = cancel(emulator, id);
    CHECK(cancelled.status == 200);
    CHECK(cancelled.text.empty());
    CHECK(read_image(emulator, id).status == 404);
    CHECK(cancel(emulator, id).status == 404);
    CHECK(remove(emulator, id).status == 404);
    CHECK(status_of(emulator, "m-source", "bj") == "Available");
  }
  SECTION("copying: deleted when switched so") {
    emulator.switch_to("baiducloud_delete_while_copying", true);
    CHECK(remove(emulator, id).status == 200);
    CHECK(read_image(emulator, id).status == 404);
    CHECK(status_of(emulator, "m-source", "bj") == "Available");
  }
  SECTION("available: deleted, not canceled") {
    emulator.advance("100s");
    const ClientResponse refused = cancel(emulator, id);
    CHECK(refused.status == 409);
    CHECK(code_of(refused) == "Image.ImageStatusForbidden");
    CHECK(refused.body["message"].get<std::string>().contains("dest_copying"));
    CHECK(remove(emulator, id).status == 200);
    CHECK(read_image(emulator, id).status == 404);
  }
  SECTION("failed: deleted, not canceled") {
    const std::string failed = copy_id(emulator, "m-failing");
    emulator.advance("40s");
    CHECK(code_of(cancel(emulator, failed)) == "Image.ImageStatusForbidden");
    CHECK(remove(emulator, failed).status == 200);
  }
  SECTION("finished just now: not canceled, then deleted") {
    emulator.switch_to("finish_on_cancel", true);
    CHECK(code_of(cancel(emulator, id)) == "Image.ImageStatusForbidden");
    CHECK(status_of(emulator, id) == "Available");
    CHECK(remove(emulator, id).status == 200);
  }
  SECTION("not a copy: not canceled") {
    CHECK(code_of(baiducloud::call(emulator, "bj", "POST", "/v2/image/m-encrypted?cancelRemoteCopy")) ==
          "Image.ImageStatusForbidden");
  }
}

TEST_CASE("a Baidu copy that cannot be canceled continues") {
  const TestEmulator emulator(kSeed);
  const std::string id = copy_id(emulator, "m-stubborn");
  CHECK(code_of(cancel(emulator, id)) == "OperationDenied");
  emulator.advance("3s");
  CHECK(status_of(emulator, id) == "Available");
}

TEST_CASE("a canceled Baidu copy can linger, and a new one hide") {
  const TestEmulator emulator(kSeed);
  emulator.switch_to("hidden_reads", 1);
  emulator.switch_to("lingering_reads", 2);
  const std::string id = copy_id(emulator, "m-source");
  CHECK(read_image(emulator, id).status == 404);
  CHECK(status_of(emulator, id) == "dest_copying");
  CHECK(cancel(emulator, id).status == 200);
  CHECK(status_of(emulator, id) == "dest_copying");
  CHECK(status_of(emulator, id) == "dest_copying");
  CHECK(read_image(emulator, id).status == 404);
}

TEST_CASE("one remoteCopy serves several regions, and one of them can fail alone") {
  const TestEmulator emulator(kSeed);
  emulator.switch_to("baiducloud_failing_regions", "su");
  const ClientResponse response = copy(emulator, "m-source", {"gz", "su", "gz"});
  REQUIRE(response.status == 200);
  REQUIRE(response.body["result"].size() == 2);
  CHECK(response.body["result"][0]["imageId"].get<std::string>().starts_with("m-"));
  CHECK(response.body["result"][1]["region"] == "su");
  CHECK(response.body["result"][1]["imageId"] == "");
  CHECK(response.body["result"][1]["code"] == "OperationDenied");
  CHECK(emulator.control("GET", "images?region=su").body["images"].empty());
}

TEST_CASE("a full Baidu region fails its part of a remoteCopy") {
  const TestEmulator emulator(kSeed);
  emulator.switch_to("baiducloud_image_quota", 1);
  emulator.switch_to("baiducloud_source_busy", false);
  copy_id(emulator, "m-source");
  const ClientResponse response = copy(emulator, "m-source");
  CHECK(response.status == 200);
  CHECK(response.body["result"][0]["code"] == "Image.ImageQuotaExceedLimit");
}

TEST_CASE("remoteCopy refuses what the API documents") {
  const TestEmulator emulator(kSeed);
  const auto check = [&](const ClientResponse& response, int status, const std::string& code) {
    CAPTURE(response.text, code);
    CHECK(response.status == status);
    CHECK(code_of(response) == code);
  };
  const std::string path = "/v2/image/m-source?remoteCopy";
  check(baiducloud::call(emulator, "bj", "POST", path, "{"), 400, "MalformedJSON");
  check(baiducloud::call(emulator, "bj", "POST", path, {{"name", "copy"}}), 400, "InappropriateJSON");
  check(baiducloud::call(emulator, "bj", "POST", path, {{"name", 1}, {"destRegion", {"gz"}}}), 400,
        "InappropriateJSON");
  check(baiducloud::call(emulator, "bj", "POST", path, {{"name", "1"}, {"destRegion", {"gz"}}}), 400,
        "Image.ImageNameInvalid");
  check(copy(emulator, "m-source", json::array()), 400, "InappropriateJSON");
  check(copy(emulator, "m-nothing"), 404, "NoSuchObject");
  check(copy(emulator, "m-public"), 409, "Image.ImageNotSupportCopy");
  check(copy(emulator, "m-package"), 409, "Image.ImageNotSupportCopy");
  check(copy(emulator, "m-broken"), 409, "Image.ImageStatusForbidden");
  check(copy(emulator, "m-iso"), 409, "Image.ImageStorageFormatInvalid");
  check(copy(emulator, "m-source", {"bj"}), 409, "Image.RegionNotSupportCopy");
  check(copy(emulator, "m-source", {"mars"}), 409, "Image.RegionNotSupportCopy");
  emulator.switch_to("baiducloud_unsupported_regions", "su,gz");
  check(copy(emulator, "m-source"), 409, "Image.RegionNotSupportCopy");
  emulator.switch_to("baiducloud_largest_gb", 20);
  check(copy(emulator, "m-source"), 409, "Image.LargeImageCopyForbidden");
  emulator.switch_to("baiducloud_copy_encrypted", false);
  check(copy(emulator, "m-encrypted"), 409, "Image.ImageNotSupportCopy");
}

TEST_CASE("Baidu's replies without content can be an object, and the result of a copy can be omitted") {
  const TestEmulator emulator(kSeed);
  emulator.switch_to("baiducloud_empty_object", true);
  CHECK(cancel(emulator, copy_id(emulator, "m-source")).text == "{}");
  emulator.switch_to("baiducloud_empty_object", false);
  emulator.switch_to("baiducloud_copy_result", false);
  const ClientResponse silent = copy(emulator, "m-source");
  CHECK(silent.status == 200);
  CHECK(silent.text.empty());
  CHECK(emulator.control("GET", "images?region=gz").body["images"].size() == 1);
}

TEST_CASE("a Baidu copy without a name has that of its source") {
  const TestEmulator emulator(kSeed);
  const ClientResponse response =
      baiducloud::call(emulator, "bj", "POST", "/v2/image/m-source?remoteCopy", {{"destRegion", {"gz"}}});
  REQUIRE(response.status == 200);
  CHECK(read_image(emulator, response.body["result"][0]["imageId"]).body["image"]["name"] == "golden");
}

}  // namespace emulator
