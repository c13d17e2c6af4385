#include "tests/provider/image_copy/resource_world.h"

using cloud::CopyState;
using fakes::copy_status;
using fakes::kAbsent;
using tf::AttributePath;
using tf::Value;
using World = fakes::ResourceWorld;

TEST_CASE("an imported image plans only what the cloud does not report") {
  World world;
  world.cloud->describe_results = {copy_status(CopyState::available)};
  const auto imported = world.resource.import("alicloud/r2/m-new", world.stop.get_token());
  CHECK(imported.diagnostics.empty());
  CHECK(imported.state["id"] == Value("alicloud/r2/m-new"));
  CHECK(imported.state["source_image_id"].is_null());
  const auto plan = world.plan(imported.state, world.config({{"source_region", "r1"}}));
  CHECK(plan.requires_replace.empty());
  CHECK(plan.planned_state["source_image_id"] == Value("m-src"));
  CHECK(plan.planned_state["status"] == Value("available"));
  world.cloud->calls.clear();
  CHECK(world.update(imported.state, world.config({{"source_region", "r1"}})).diagnostics.empty());
  CHECK(world.cloud->calls.empty());
}

TEST_CASE(
    "values that an import could not read are taken from the configuration, with a warning, until they are "
    "applied") {
  World world;
  world.cloud->describe_results = {copy_status(CopyState::available)};
  const auto imported = world.resource.import("alicloud/r2/m-new", world.stop.get_token());
  const Value config = world.config({{"source_region", "r1"}, {"encrypted", true}, {"kms_key_id", "k-1"}});
  const auto plan = world.plan(imported.state, config, imported.private_state);
  CHECK(plan.requires_replace.empty());
  REQUIRE(plan.diagnostics.size() == 2);
  CHECK(plan.diagnostics[0].severity == tf::Severity::warning);
  CHECK(plan.diagnostics[0].attribute == AttributePath("encrypted"));
  CHECK(plan.diagnostics[1].attribute == AttributePath("kms_key_id"));

  const auto updated = world.update(imported.state, config, imported.private_state);
  CHECK(updated.state["kms_key_id"] == Value("k-1"));
  const Value later = world.config({{"source_region", "r1"}, {"encrypted", true}, {"kms_key_id", "k-2"}});
  CHECK(world.plan(updated.state, later, updated.private_state).requires_replace ==
        std::vector<AttributePath>{AttributePath("kms_key_id")});
}

TEST_CASE("an imported image that is known to be unencrypted is replaced if encryption is configured") {
  World world;
  auto plain = copy_status(CopyState::available);
  plain.image->encrypted = false;
  world.cloud->describe_results = {plain};
  const auto imported = world.resource.import("alicloud/r2/m-new", world.stop.get_token());
  const auto plan = world.plan(imported.state, world.config({{"encrypted", true}}), imported.private_state);
  CHECK(plan.requires_replace == std::vector<AttributePath>{AttributePath("encrypted")});
}

TEST_CASE(
    "an imported job gets its destination from the configuration, or from the region where its image is "
    "found") {
  World world;
  cloud::CopyStatus job{.state = CopyState::available, .image_id = "i-new", .image_name = "copy"};
  world.cloud->describe_results = {job};
  auto imported = world.resource.import("huaweicloud/r1/job/j-1", world.stop.get_token());
  CHECK(tf::has_error(imported.diagnostics));  // this world's Huawei Cloud is not configured yet

  Value state = tf::null_object(world.resource.schema().type());
  for (const auto& [name, value] : Value::Attributes{{"cloud", "alicloud"},
                                                     {"source_region", "r1"},
                                                     {"name", "copy"},
                                                     {"job_id", "j-1"},
                                                     {"image_id", "i-new"},
                                                     {"status", "available"},
                                                     {"wait_until", "available"}}) {
    state.set(name, value);
  }
  const Value without_destination = world.config({{"destination_region", {}}});
  CHECK(world.plan(state, without_destination).planned_state["destination_region"].is_unknown());
  auto image = copy_status(CopyState::available);
  image.image_id = image.image->id = "i-new";
  world.cloud->describe_results = {job, kAbsent, image};
  const auto found = world.update(state, without_destination);
  CHECK(found.diagnostics.empty());
  CHECK(found.state["destination_region"] == Value("r2"));
  CHECK(found.state["id"] == Value("alicloud/r2/i-new"));

  world.cloud->describe_results = {job, kAbsent};
  const auto nowhere = world.update(state, without_destination);
  world.cloud->describe_results = {kAbsent};
  for (const auto& wrong : {nowhere, world.update(state, world.config())}) {
    REQUIRE(wrong.diagnostics.size() == 1);
    CHECK(wrong.diagnostics[0].attribute == AttributePath("destination_region"));
    CHECK(wrong.diagnostics[0].detail.find("i-new") != std::string::npos);
    CHECK(wrong.state["destination_region"].is_null());
    CHECK(wrong.state["id"].is_null());
  }

  const auto removed = world.resource.remove({.prior_state = state}, world.stop.get_token());
  CHECK(tf::has_error(removed.diagnostics));
  CHECK(removed.state == state);
}
