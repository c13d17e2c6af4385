#include "tests/provider/image_copy/resource_world.h"

using cloud::CopyState;
using fakes::copy_status;
using tf::AttributePath;
using tf::Value;

namespace {

using Paths = std::vector<AttributePath>;

constexpr cloud::Traits kReplaceableDescriptions = {.description = cloud::DescriptionSupport::replaceable};
constexpr cloud::Traits kNoDescriptions = {};

/// A copy whose image can be changed outside of Terraform.
struct World : fakes::ResourceWorld {
  cloud::Image image{.id = "m-new", .name = "copy"};

  explicit World(cloud::Traits traits = kReplaceableDescriptions, std::string cloud_name = "alicloud")
      : fakes::ResourceWorld(traits, {}, std::move(cloud_name)) {
    show();
  }

  void show() {
    auto status = copy_status(CopyState::available);
    status.image = image;
    cloud->describe_results = {status};
  }

  tf::StateResponse read(const tf::StateResponse& before) {
    show();
    return resource.read({.state = before.state, .private_state = before.private_state}, stop.get_token());
  }
};

}  // namespace

TEST_CASE("a description set outside of Terraform that cannot be removed does not force replacement") {
  World world;
  const auto made = world.create(world.config());
  world.image.description = "from the console";
  const auto read = world.read(made);
  CHECK(read.state["description"] == Value("from the console"));

  const auto plan = world.plan(read.state, world.config(), read.private_state);
  CHECK(plan.requires_replace.empty());
  REQUIRE(plan.diagnostics.size() == 1);
  CHECK(plan.diagnostics[0].severity == tf::Severity::warning);

  const auto updated = world.update(read.state, world.config(), read.private_state);
  CHECK(updated.state["description"].is_null());
  CHECK(
      std::ranges::none_of(world.cloud->calls, [](const auto& call) { return call.starts_with("update"); }));
  // This description is accepted from now on, and only another one is drift.
  CHECK(world.read(updated).state == updated.state);
  world.image.description = "changed again";
  CHECK(world.read(updated).state["description"] == Value("changed again"));
}

TEST_CASE("a description is ignored where configurations cannot set one") {
  World world(kNoDescriptions);
  const auto made = world.create(world.config());
  world.image.description = "from the console";
  CHECK(world.read(made).state == made.state);
}

TEST_CASE("an encryption that differs from the configuration is shown and forces replacement") {
  World world;
  const Value config = world.config({{"encrypted", true}});
  world.image.encrypted = true;
  world.show();
  const auto made = world.create(config);
  CHECK(world.read(made).state == made.state);
  world.image.encrypted = false;
  const auto read = world.read(made);
  CHECK(read.state["encrypted"] == Value(false));
  CHECK(world.plan(read.state, config, read.private_state).requires_replace ==
        Paths{AttributePath("encrypted")});
}

TEST_CASE("an encryption that is not configured does not drift") {
  World world;
  const auto made = world.create(world.config());
  world.image.encrypted = true;
  CHECK(world.read(made).state == made.state);
}

TEST_CASE("an image stays in the project that it was copied into") {
  World world(kReplaceableDescriptions, "huaweicloud");
  world.cloud->project = "usual";
  Value object = tf::null_object(world.resource.schema().find("huaweicloud")->value_type());
  object.set("agency_name", "copier");
  const Value config = world.config({{"huaweicloud", object}});
  const auto made = world.create(config);
  world.cloud->project = "another";
  // The provider's project is for new copies.
  CHECK(world.read(made).state == made.state);
  CHECK(world.cloud->described.back().project_name == "usual");
  CHECK(world.plan(made.state, config, made.private_state).requires_replace.empty());
  const auto in_project = [&](const char* name) {
    object.set("project_name", name);
    return world.config({{"huaweicloud", object}});
  };
  CHECK(world.plan(made.state, in_project("usual"), made.private_state).requires_replace.empty());
  CHECK(world.plan(made.state, in_project("another"), made.private_state).requires_replace ==
        Paths{AttributePath("huaweicloud").attribute("project_name")});
}

TEST_CASE("null and an empty string are the same") {
  World world;
  const auto made = world.create(world.config());
  const Value config = world.config({{"kms_key_id", ""}, {"resource_group_id", ""}});
  CHECK(world.plan(made.state, config, made.private_state).requires_replace.empty());
  const auto updated = world.update(made.state, config, made.private_state);
  CHECK(updated.diagnostics.empty());
  CHECK(world.plan(updated.state, config, updated.private_state).planned_state == updated.state);
}

TEST_CASE("credentials that cannot copy between the regions are an error while planning") {
  World world;
  world.cloud->unreachable_text = "Not with these.";
  const auto plan = world.plan({}, world.config());
  REQUIRE(plan.diagnostics.size() == 1);
  CHECK(plan.diagnostics[0].detail == "Not with these.");
  CHECK(plan.diagnostics[0].attribute == AttributePath("destination_region"));
}
