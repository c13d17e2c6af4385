#include <nlohmann/json.hpp>

#include "tests/acceptance/copies.h"
#include "tests/acceptance/workspace.h"
#include "tests/support/catch.h"

using acceptance::SampleCopy;
using acceptance::Workspace;
using nlohmann::json;

namespace {

constexpr const char* kAddress = "image_copy.it";

/// A copy in the state of a vendor's own provider.
struct VendorCopy {
  std::string title;
  std::string provider;  ///< such as `aliyun/alicloud`
  std::string type;
  json attributes;        ///< in the state
  json image;             ///< for the emulator's seed
  std::string arguments;  ///< of the resource `image_copy` that replaces it
};

const json kAlicloudAttributes = {{"id", "m-uf6copied0000000001"},
                                  {"source_image_id", "m-bp1example000000001"},
                                  {"source_region_id", "cn-hangzhou"},
                                  {"image_name", "golden-copy"},
                                  {"name", nullptr},
                                  {"description", "nightly"},
                                  {"encrypted", nullptr},
                                  {"kms_key_id", ""},
                                  {"force", false},
                                  {"delete_auto_snapshot", nullptr},
                                  {"tags", {{"team", "images"}}},
                                  {"timeouts", {{"create", "40m"}, {"delete", nullptr}}}};

const json kHuaweicloudAttributes = {{"id", "3f4c2d10-6a0e-4c39-9c55-0d5f0f8f9a11"},
                                     {"region", "cn-north-4"},
                                     {"source_image_id", "465076de-dc36-4aec-80f5-ef9d8009428f"},
                                     {"name", "golden-copy"},
                                     {"target_region", ""},
                                     {"agency_name", ""},
                                     {"vault_id", ""},
                                     {"kms_key_id", ""},
                                     {"enterprise_project_id", "0"},
                                     {"description", ""},
                                     {"min_ram", 1024},
                                     {"max_ram", 0},
                                     {"tags", json::object()},
                                     {"status", "active"},
                                     {"visibility", "private"},
                                     {"__os_feature_list", "{}"},
                                     {"timeouts", nullptr}};

json changed(json attributes, const json& changes) {
  attributes.update(changes);
  return attributes;
}

VendorCopy copy_on_alicloud() {
  return {.title = "Alibaba Cloud, whose state names no destination",
          .provider = "aliyun/alicloud",
          .type = "alicloud_image_copy",
          .attributes = kAlicloudAttributes,
          .image = {{"cloud", "alicloud"},
                    {"region", "cn-shanghai"},
                    {"id", kAlicloudAttributes.at("id")},
                    {"name", "golden-copy"},
                    {"description", "nightly"},
                    {"tags", {{"team", "images"}}}},
          .arguments = R"(
  cloud              = "alicloud"
  source_image_id    = "m-bp1example000000001"
  source_region      = "cn-hangzhou"
  destination_region = "cn-shanghai"
  name               = "golden-copy"
  description        = "nightly"
  tags               = { team = "images" }
  timeouts           = { create = "40m" }
)"};
}

VendorCopy copy_on_huaweicloud() {
  return {
      .title = "Huawei Cloud in one region",
      .provider = "huaweicloud/huaweicloud",
      .type = "huaweicloud_images_image_copy",
      .attributes = changed(kHuaweicloudAttributes, {{"kms_key_id", "bd66288c-9081-460a-8227-4cbd0c814cb4"}}),
      .image = {{"cloud", "huaweicloud"},
                {"region", "cn-north-4"},
                {"id", kHuaweicloudAttributes.at("id")},
                {"name", "golden-copy"},
                {"encrypted", true},
                {"kms_key_id", "bd66288c-9081-460a-8227-4cbd0c814cb4"}},
      .arguments = R"(
  cloud           = "huaweicloud"
  source_image_id = "465076de-dc36-4aec-80f5-ef9d8009428f"
  name            = "golden-copy"
  kms_key_id      = "bd66288c-9081-460a-8227-4cbd0c814cb4"
)"};
}

VendorCopy copy_across_regions_of_huaweicloud() {
  return {.title = "Huawei Cloud across regions",
          .provider = "huaweicloud/huaweicloud",
          .type = "huaweicloud_images_image_copy",
          .attributes = changed(kHuaweicloudAttributes, {{"target_region", "region-1"},
                                                         {"agency_name", "ims_copy_image"},
                                                         {"tags", {{"team", "images"}}}}),
          .image = {{"cloud", "huaweicloud"},
                    {"region", "region-1"},
                    {"id", kHuaweicloudAttributes.at("id")},
                    {"name", "golden-copy"},
                    {"tags", {{"team", "images"}}}},
          .arguments = R"(
  cloud              = "huaweicloud"
  source_image_id    = "465076de-dc36-4aec-80f5-ef9d8009428f"
  destination_region = "region-1"
  name               = "golden-copy"
  tags               = { team = "images" }
  huaweicloud        = { agency_name = "ims_copy_image" }
)"};
}

std::vector<VendorCopy> vendor_copies() {
  return {copy_on_alicloud(), copy_on_huaweicloud(), copy_across_regions_of_huaweicloud()};
}

/// A Terraform state with one resource of another provider, named `it`.
json vendor_state(const std::string& provider, const std::string& type, const json& attributes) {
  return {
      {"version", 4},
      {"terraform_version", "1.11.4"},
      {"serial", 7},
      {"lineage", "6f3f4a39-46a6-4e8a-9d7f-6a3f1d2b7c10"},
      {"outputs", json::object()},
      {"resources",
       {{{"mode", "managed"},
         {"type", type},
         {"name", "it"},
         {"provider", "provider[\"registry.terraform.io/" + provider + "\"]"},
         {"instances",
          {{{"schema_version", 0}, {"attributes", attributes}, {"sensitive_attributes", json::array()}}}}}}}};
}

std::string moved_block(const std::string& type) {
  return "\nmoved {\n  from = " + type + ".it\n  to = image_copy.it\n}\n";
}

std::unique_ptr<Workspace> workspace_with(const VendorCopy& copy, const std::string& arguments) {
  json seed = acceptance::sample_seed("1s");
  seed["images"].push_back(copy.image);
  auto workspace = std::make_unique<Workspace>(seed);
  workspace->install_stand_in(copy.provider);
  workspace->configure(R"(resource "image_copy" "it" {)" + arguments + "}\n" + moved_block(copy.type));
  workspace->folder().write_file("terraform.tfstate",
                                 vendor_state(copy.provider, copy.type, copy.attributes).dump());
  workspace->must({"init"});
  return workspace;
}

int copy_calls(Workspace& workspace) {
  int calls = 0;
  for (const SampleCopy& copy : acceptance::sample_copies()) {
    calls += workspace.emulator().calls(copy.cloud, copy.copy_call);
  }
  return calls;
}

}  // namespace

TEST_CASE("a copy of a vendor's own provider is migrated, and the plan has no changes") {
  const VendorCopy copy = vendor_copies().at(GENERATE(range(std::size_t{0}, std::size_t{3})));
  CAPTURE(copy.title);
  const auto workspace = workspace_with(copy, copy.arguments);
  CHECK(workspace->planned_actions(kAddress) == json({"no-op"}));
  const std::string applied = workspace->must({"apply", "-auto-approve"});
  CAPTURE(applied);
  CHECK(workspace->run({"plan", "-detailed-exitcode"}).exit_code == 0);
  const json attributes = workspace->attributes(kAddress);
  CHECK(attributes.at("image_id") == copy.image.at("id"));
  CHECK(attributes.at("destination_region") == copy.image.at("region"));
  CHECK(attributes.at("status") == "available");
  CHECK(copy_calls(*workspace) == 0);

  workspace->must({"destroy", "-auto-approve"});
  const SampleCopy destination{.cloud = copy.image.at("cloud"),
                               .source_image_id = acceptance::sample_copies().at(0).source_image_id,
                               .destination_region = copy.image.at("region")};
  CHECK(copies_in(*workspace, destination).empty());
}

TEST_CASE("after a migration, differences from the configuration are changed in place or recorded") {
  const VendorCopy copy = copy_on_alicloud();
  const auto workspace = workspace_with(copy, R"(
  cloud              = "alicloud"
  source_image_id    = "m-bp1example000000001"
  destination_region = "cn-shanghai"
  name               = "golden-copy-2"
  delete_snapshots   = false
)");
  // Without a refresh, the state does not have the region yet.
  workspace->must({"plan", "-refresh=false", "-out=plan"});
  CHECK(workspace->planned_actions(kAddress) == json({"update"}));
  workspace->must({"apply", "-auto-approve"});
  CHECK(workspace->run({"plan", "-detailed-exitcode"}).exit_code == 0);
  CHECK(workspace->emulator().images("alicloud", "cn-shanghai").at(0).at("name") == "golden-copy-2");
  CHECK(copy_calls(*workspace) == 0);
}

TEST_CASE("a migrated copy is applied without a refresh where the configuration names its region") {
  const VendorCopy copy = copy_on_alicloud();
  const auto workspace = workspace_with(copy, copy.arguments);
  workspace->must({"apply", "-auto-approve", "-refresh=false"});
  CHECK(workspace->run({"plan", "-detailed-exitcode"}).exit_code == 0);
  CHECK(workspace->attributes(kAddress).at("id") == "alicloud/cn-shanghai/m-uf6copied0000000001");
  CHECK(copy_calls(*workspace) == 0);
}

TEST_CASE("a move from an unsupported type or of a state without an image is an error, and nothing is lost") {
  VendorCopy copy = copy_on_alicloud();
  SECTION("another type") {
    copy.type = "alicloud_image";
  }
  SECTION("a state without an id") {
    copy.attributes["id"] = "";
  }
  const auto workspace = workspace_with(copy, copy.arguments);
  const std::string before = harness::read_file(workspace->folder().path() + "/terraform.tfstate");
  const auto plan = workspace->run({"plan"});
  CAPTURE(plan.text);
  CHECK(plan.exit_code == 1);
  CHECK((plan.says("Move Not Supported") || plan.says("State Cannot Be Moved")));
  CHECK(plan.says("import"));
  CHECK(harness::read_file(workspace->folder().path() + "/terraform.tfstate") == before);
}

TEST_CASE("a migrated image is not gone while a region cannot be read") {
  const VendorCopy copy = copy_on_alicloud();
  const auto workspace = workspace_with(copy, copy.arguments);
  workspace->emulator().forget_image("alicloud", "cn-shanghai", copy.image.at("id"));
  workspace->emulator().add_fault({{"cloud", "alicloud"},
                                   {"region", "cn-shanghai"},
                                   {"action", "DescribeImages"},
                                   {"times", 1},
                                   {"effect", "status"},
                                   {"status", 403},
                                   {"code", "Forbidden.RAM"},
                                   {"message", "not here"}});
  const auto plan = workspace->run({"plan"});
  CAPTURE(plan.text);
  CHECK(plan.exit_code == 1);
  CHECK(plan.says("Image Not Read"));
  // The next time every region reports that the image does not exist.
  CHECK(workspace->planned_actions(kAddress) == json({"create"}));
}

TEST_CASE("an import block generates a configuration without changes, on every cloud") {
  const SampleCopy& copy = acceptance::each_copy();
  CAPTURE(copy.title);
  Workspace workspace(acceptance::sample_seed("1s"));
  workspace.configure(resource_block(copy, "tags = { team = \"images\" }"));
  workspace.must({"init"});
  workspace.must({"apply", "-auto-approve"});
  const json image = copies_in(workspace, copy).at(0);
  workspace.must({"state", "rm", kAddress});
  workspace.configure("import {\n  to = image_copy.it\n  id = \"" + import_id(copy, image) + "\"\n}\n");
  const std::string planned = workspace.must({"plan", "-generate-config-out=generated.tf"});
  CAPTURE(planned, harness::read_file(workspace.folder().path() + "/generated.tf"));
  CHECK(workspace.planned_actions(kAddress) == json({"no-op"}));
  workspace.must({"apply", "-auto-approve"});
  CHECK(workspace.run({"plan", "-detailed-exitcode"}).exit_code == 0);
  CHECK(copies_in(workspace, copy) == json({image}));
}

TEST_CASE("a copy that still runs can be imported, and the next apply waits for it") {
  const SampleCopy& copy = acceptance::each_copy();
  CAPTURE(copy.title);
  const bool generates_config = GENERATE(false, true);
  CAPTURE(generates_config);
  Workspace workspace(acceptance::sample_seed("100m"));
  workspace.configure(resource_block(copy, "wait_until = \"submitted\""));
  workspace.must({"init"});
  workspace.must({"apply", "-auto-approve"});
  const json attributes = workspace.attributes(kAddress);
  workspace.must({"state", "rm", kAddress});
  const std::string id = copy.vendor().has_jobs ? copy.cloud + "/" + copy.source_region + "/job/" +
                                                      attributes.at("job_id").get<std::string>()
                                                : attributes.at("id").get<std::string>();
  const std::string block = "import {\n  to = image_copy.it\n  id = \"" + id + "\"\n}\n";
  workspace.configure(generates_config ? block : block + resource_block(copy));
  std::vector<std::string> plan = {"plan", "-out=plan"};
  if (generates_config) plan.emplace_back("-generate-config-out=generated.tf");
  const std::string planned = workspace.must(plan);
  CAPTURE(planned, harness::read_file(workspace.folder().path() + "/generated.tf"));
  workspace.emulator().advance_clock("3h");
  workspace.must({"apply", "-auto-approve"});
  CHECK(workspace.attributes(kAddress).at("destination_region") == copy.destination_region);
  CHECK(workspace.attributes(kAddress).at("status") == "available");
  CHECK(workspace.run({"plan", "-detailed-exitcode"}).exit_code == 0);
  CHECK(workspace.emulator().calls(copy.cloud, copy.copy_call) == 1);
}
