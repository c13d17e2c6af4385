#include "tests/copy/resource_world.h"

using cloud::CopyState;
using fakes::seen;
using tf::AttributePath;
using tf::Value;
using World = fakes::ResourceWorld;

namespace {

Value short_timeout(const World& world, const std::string& on_timeout) {
  return world.config({{"on_timeout", on_timeout}, {"timeouts", Value::Attributes{{"create", "10m"}}}});
}

}  // namespace

TEST_CASE("a copy that takes too long is in the state, with an error that says how to keep it") {
  World world;
  world.cloud->looks = {seen(CopyState::copying, 40)};
  const auto created = world.create(short_timeout(world, "fail"));
  REQUIRE(created.diagnostics.size() == 1);
  CHECK(created.diagnostics[0].severity == tf::Severity::error);
  CHECK(created.diagnostics[0].attribute == AttributePath("timeouts").attribute("create"));
  for (const char* words : {"40 percent", "terraform untaint", "on_timeout = \"keep\""}) {
    CAPTURE(words);
    CHECK(created.diagnostics[0].detail.find(words) != std::string::npos);
  }
  CHECK(created.state["image_id"] == Value("m-new"));
}

TEST_CASE("a copy that takes too long and is to be kept is a warning, and the next update waits on") {
  World world;
  world.cloud->looks = {seen(CopyState::copying, 40)};
  const Value config = short_timeout(world, "keep");
  const auto created = world.create(config);
  REQUIRE(created.diagnostics.size() == 1);
  CHECK(created.diagnostics[0].severity == tf::Severity::warning);
  CHECK(created.state["status"] == Value("copying"));

  world.cloud->looks = {seen(CopyState::available)};
  const auto updated = world.update(created.state, config, created.private_data);
  CHECK(updated.diagnostics.empty());
  CHECK(updated.state["status"] == Value("available"));
  CHECK(world.cloud->started.size() == 1);
}

TEST_CASE("what is to be retained is forgotten without a call, running or finished") {
  for (const bool finished : {true, false}) {
    World world;
    Value state = finished ? world.available_state() : world.running_state();
    state.set("on_destroy", "retain");
    const auto removed = world.resource.remove({.prior_state = state}, world.stop.get_token());
    CHECK(removed.state.is_null());
    REQUIRE(removed.diagnostics.size() == 1);
    CHECK(removed.diagnostics[0].severity == tf::Severity::warning);
    CHECK(removed.diagnostics[0].detail.find("m-new in region r2") != std::string::npos);
    CHECK(world.cloud->calls.empty());
  }
}
