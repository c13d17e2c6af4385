#include "src/cloud/credentials/chain.h"
#include "tests/provider/image_copy/resource_world.h"

using cloud::CopyState;
using fakes::check_keeps_plan;
using fakes::copy_status;
using tf::AttributePath;
using tf::Value;
using World = fakes::ResourceWorld;

TEST_CASE("a plan fills in the regions before the copy is made") {
  World world;
  const auto plan = world.plan({}, world.config({{"destination_region", {}}}));
  CHECK(plan.diagnostics.empty());
  CHECK(plan.planned_state["source_region"] == Value("r1"));
  CHECK(plan.planned_state["destination_region"] == Value("r1"));
  CHECK(plan.planned_state["wait_until"] == Value("available"));
  CHECK(plan.planned_state["image_id"].is_unknown());
  CHECK(world.cloud->calls.empty());
}

TEST_CASE("a plan with unknown values has no errors") {
  World world;
  Value config = tf::null_object(world.resource.schema().type());
  for (const tf::Attribute& attribute : world.resource.schema().attributes) {
    if (attribute.presence != tf::Presence::computed) config.set(attribute.name, Value::unknown());
  }
  CHECK(world.resource.validate(config).empty());
  CHECK(world.plan({}, config).diagnostics.empty());
  config.set("cloud", "alicloud");
  CHECK(world.plan({}, config).diagnostics.empty());
}

TEST_CASE("the arguments of another cloud are refused at validation and at plan") {
  const auto with_vault = [](const World& world, const Value& vault_id) {
    return world.config(
        {{"huaweicloud",
          Value::Attributes{{"project_name", {}}, {"agency_name", {}}, {"vault_id", vault_id}}}});
  };
  const auto check_refused = [](const tf::Diagnostics& diagnostics) {
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics[0].severity == tf::Severity::error);
    CHECK(diagnostics[0].summary == "Argument Not Supported by This Cloud");
    CHECK(diagnostics[0].detail.find("apply only to copies on Huawei Cloud") != std::string::npos);
    CHECK(diagnostics[0].attribute == AttributePath("huaweicloud"));
  };
  World world;
  check_refused(world.resource.validate(with_vault(world, "vault-1")));
  check_refused(world.plan({}, with_vault(world, "vault-1")).diagnostics);
  CHECK(world.cloud->calls.empty());
  // An object that sets nothing, or nothing that is known yet, is accepted.
  for (const Value& unset : {Value(), Value(""), Value::unknown()}) {
    CHECK(world.resource.validate(with_vault(world, unset)).empty());
  }
  Value on_huawei = with_vault(world, "vault-1");
  on_huawei.set("cloud", "huaweicloud");
  on_huawei.set("source_region", "r1");
  on_huawei.set("huaweicloud",
                Value::Attributes{{"project_name", {}}, {"agency_name", "agency"}, {"vault_id", "vault-1"}});
  CHECK(world.resource.validate(on_huawei).empty());
}

TEST_CASE("a cloud that is not configured is an error while planning") {
  World world;
  const auto plan = world.plan({}, world.config({{"cloud", "baiducloud"}}));
  REQUIRE(plan.diagnostics.size() == 1);
  CHECK(plan.diagnostics[0].detail == "no credentials");
  CHECK(plan.diagnostics[0].attribute == AttributePath("cloud"));
}

TEST_CASE("a cloud whose configuration is not known yet can be planned for, but not applied to") {
  World world;
  const Value config = world.config({{"cloud", "huaweicloud"}});
  const auto plan = world.plan({}, config);
  CHECK(plan.diagnostics.empty());
  CHECK(plan.planned_state["source_region"].is_unknown());
  CHECK(world.create(config).diagnostics.at(0).detail == "later");
}

TEST_CASE("an unchanged configuration of a finished copy plans no change") {
  World world;
  const Value state = world.available_state();
  const auto plan = world.plan(state, world.config());
  CHECK(plan.planned_state == state);
  CHECK(plan.requires_replace.empty());
}

TEST_CASE("a running copy is planned to be waited for, and the update waits") {
  World world;
  const Value state = world.running_state();
  const auto plan = world.plan(state, world.config());
  CHECK(plan.requires_replace.empty());
  CHECK(plan.planned_state["status"].is_unknown());
  world.cloud->describe_results = {copy_status(CopyState::copying), copy_status(CopyState::available)};
  const auto updated = world.update(state, world.config());
  CHECK(updated.diagnostics.empty());
  check_keeps_plan(plan.planned_state, updated.state);
  CHECK(updated.state["status"] == Value("available"));
  CHECK(world.cloud->calls == std::vector<std::string>{"describe", "describe"});
}

TEST_CASE("known IDs stay known in a plan that waits for the copy") {
  World world;
  const Value state = world.running_state();
  const auto plan = world.plan(state, world.config());
  CHECK(plan.planned_state["image_id"] == Value("m-new"));
  CHECK(plan.planned_state["id"] == Value("alicloud/r2/m-new"));
  CHECK(plan.planned_state["job_id"].is_null());
}

TEST_CASE("removing a description forces replacement where it cannot be removed in place") {
  World world;
  world.cloud->describe_results = {copy_status(CopyState::available)};
  const auto made = world.create(world.config({{"description", "nightly"}}));
  CHECK(world.plan(made.state, world.config(), made.private_state).requires_replace ==
        std::vector<AttributePath>{AttributePath("description")});
  CHECK(world.plan(made.state, world.config({{"description", "weekly"}}), made.private_state)
            .requires_replace.empty());
}

TEST_CASE("credentials that cannot be fetched are an error while planning") {
  World world;
  auto credentials = std::make_shared<cloud::RefreshingCredentials>(
      [](const core::Context&) -> cloud::Result<cloud::ExpiringCredentials> {
        return std::unexpected(cloud::no_credentials("No credentials were found."));
      },
      world.clock, cloud::RefreshPolicy());
  std::map<std::string, provider::Clouds::Entry, std::less<>> entries;
  entries.emplace("alicloud",
                  provider::ConfiguredCloud(std::make_shared<core::CorrectedClock>(world.clock),
                                            std::make_unique<fakes::FakeCloud>(), credentials, ""));
  world.clouds.set(std::make_shared<const provider::Clouds>(nullptr, std::move(entries)));
  const auto plan = world.plan({}, world.config());
  REQUIRE(plan.diagnostics.size() == 1);
  CHECK(plan.diagnostics[0].detail == "No credentials were found.");
  CHECK(plan.diagnostics[0].attribute == AttributePath("cloud"));
}

TEST_CASE("a running copy with wait_until = submitted plans no change") {
  World world;
  const Value state = world.running_state();
  CHECK(world.plan(state, world.config({{"wait_until", "submitted"}})).planned_state == state);
}

TEST_CASE("a failed copy is planned to be replaced, with the reason") {
  World world;
  world.cloud->describe_results = {copy_status(CopyState::failed, 40, "IMG.0014: disk broken")};
  const Value state = world.create(world.config()).state;
  const auto plan = world.plan(state, world.config());
  CHECK(plan.requires_replace == std::vector<AttributePath>{AttributePath("status")});
  REQUIRE(plan.diagnostics.size() == 1);
  CHECK(plan.diagnostics[0].severity == tf::Severity::warning);
  CHECK(plan.diagnostics[0].detail.find("disk broken") != std::string::npos);
}

TEST_CASE("a change of an argument that identifies the copy forces replacement") {
  World world;
  const Value state = world.available_state();
  for (const auto& [name, value] : Value::Attributes{{"source_image_id", "m-2"},
                                                     {"source_region", "r9"},
                                                     {"destination_region", "r3"},
                                                     {"encrypted", true},
                                                     {"resource_group_id", "rg-1"}}) {
    CAPTURE(name);
    const auto plan = world.plan(state, world.config({{name, value}}));
    CHECK(plan.requires_replace == std::vector<AttributePath>{AttributePath(name)});
  }
}
