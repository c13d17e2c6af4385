#include <nlohmann/json.hpp>

#include "tests/acceptance/copies.h"
#include "tests/acceptance/workspace.h"
#include "tests/support/catch.h"

using acceptance::SampleCopy;
using acceptance::Workspace;
using nlohmann::json;

namespace {

/// Written by the first version of the provider, whose schema had neither tags nor behavior arguments such as
/// `on_timeout`.
const std::string kFirstVersion =
    harness::read_file(IMAGE_SOURCE_DIR "/tests/acceptance/states/first_version.json");

/// A seed with the images of the state.
json seed_of(const json& state) {
  json seed = acceptance::sample_seed("1s");
  for (const json& resource : state.at("resources")) {
    const json& attributes = resource.at("instances").at(0).at("attributes");
    seed["images"].push_back({{"cloud", attributes.at("cloud")},
                              {"region", attributes.at("destination_region")},
                              {"id", attributes.at("image_id")},
                              {"name", attributes.at("name")},
                              {"size_gb", attributes.at("size_gb")},
                              {"os_type", attributes.at("os_type")},
                              {"created_at", attributes.at("created_at")}});
    if (attributes.at("description").is_string())
      seed["images"].back()["description"] = attributes.at("description");
    if (attributes.at("kms_key_id").is_string()) {
      seed["images"].back()["encrypted"] = true;
      seed["images"].back()["kms_key_id"] = attributes.at("kms_key_id");
    }
  }
  return seed;
}

/// The configuration that the state was made from.
constexpr const char* kConfiguration = R"(
resource "image_copy" "huaweicloud_one_region" {
  cloud           = "huaweicloud"
  source_image_id = "465076de-dc36-4aec-80f5-ef9d8009428f"
  name            = "ims_encrypted_copy3"
  kms_key_id      = "bd66288c-9081-460a-8227-4cbd0c814cb4"
}
resource "image_copy" "huaweicloud" {
  cloud              = "huaweicloud"
  source_image_id    = "465076de-dc36-4aec-80f5-ef9d8009428f"
  destination_region = "region-1"
  name               = "test-copy-1001-4"
  huaweicloud        = { agency_name = "ims_copy_image" }
  timeouts           = { create = "90m" }
}
resource "image_copy" "alicloud" {
  cloud              = "alicloud"
  source_image_id    = "m-bp1example000000001"
  destination_region = "cn-shanghai"
  name               = "golden-copy"
  description        = "copied by a test"
}
resource "image_copy" "baiducloud" {
  cloud              = "baiducloud"
  source_image_id    = "m-nky7qeom"
  destination_region = "gz"
  name               = "golden-copy"
}
)";

}  // namespace

TEST_CASE("a state written by the first version loads, plans no changes and is destroyed") {
  const json state = json::parse(kFirstVersion);
  REQUIRE(state.at("resources").size() == 4);
  Workspace workspace(seed_of(state));
  workspace.configure(kConfiguration);
  workspace.must({"init"});
  workspace.folder().write_file("terraform.tfstate", kFirstVersion);
  for (const char* refresh : {"-refresh=false", "-refresh=true"}) {
    const auto plan = workspace.run({"plan", "-detailed-exitcode", refresh});
    CAPTURE(plan.text);
    CHECK(plan.exit_code == 0);
  }
  workspace.must({"destroy", "-auto-approve"});
  for (const SampleCopy& copy : acceptance::sample_copies()) {
    CAPTURE(copy.title);
    CHECK(copies_in(workspace, copy).empty());
    CHECK(workspace.emulator().calls(copy.cloud, copy.copy_call) == 0);
  }
}

TEST_CASE("a state that cannot be read is an error that says what to do, and nothing is lost") {
  json state = json::parse(kFirstVersion);
  Workspace workspace(seed_of(state));
  workspace.configure(kConfiguration);
  workspace.must({"init"});
  json& attributes = state["resources"][0]["instances"][0]["attributes"];
  attributes["huaweicloud"] = 5;
  workspace.folder().write_file("terraform.tfstate", state.dump());
  const auto plan = workspace.run({"plan"});
  CAPTURE(plan.text);
  CHECK(plan.exit_code == 1);
  CHECK(plan.says("Unreadable State"));
  CHECK(plan.says("import the image"));
  CHECK(json::parse(harness::read_file(workspace.folder().path() + "/terraform.tfstate")) == state);
}
