#include "tests/provider/image_copy/resource_world.h"

using cloud::ErrorKind;
using fakes::check_keeps_plan;
using fakes::failure;
using tf::AttributePath;
using tf::Value;
using World = fakes::ResourceWorld;

TEST_CASE("name and description change in place by one call") {
  World world;
  const Value state = world.available_state();
  const Value config = world.config({{"name", "other"}, {"description", "new"}});
  const auto plan = world.plan(state, config);
  CHECK(plan.requires_replace.empty());
  const auto updated = world.update(state, config);
  CHECK(updated.diagnostics.empty());
  check_keeps_plan(plan.planned_state, updated.state);
  CHECK(world.cloud->calls == std::vector<std::string>{"update m-new other new"});
}

TEST_CASE("a change of timeouts and wait_until needs no call") {
  World world;
  const Value state = world.available_state();
  Value timeouts = Value::Attributes{{"create", "1h"}, {"update", {}}, {"read", {}}, {"delete", {}}};
  const Value config = world.config({{"timeouts", timeouts}, {"wait_until", "submitted"}});
  const auto updated = world.update(state, config);
  CHECK(updated.diagnostics.empty());
  CHECK(updated.state["timeouts"] == timeouts);
  CHECK(world.cloud->calls.empty());
}

TEST_CASE("an update that fails leaves the state as it is") {
  World world;
  const Value state = world.available_state();
  world.cloud->update_results = {std::unexpected(failure(ErrorKind::name_taken))};
  const auto updated = world.update(state, world.config({{"name", "other"}}));
  CHECK(tf::has_error(updated.diagnostics));
  CHECK(updated.diagnostics[0].attribute == AttributePath("name"));
  CHECK(updated.state["name"] == Value("copy"));
}

TEST_CASE("a change is retried while the image is busy") {
  World world;
  const Value state = world.available_state();
  world.cloud->update_results = {std::unexpected(failure(ErrorKind::busy)), {}};
  world.cloud->tag_change_results = {std::unexpected(failure(ErrorKind::busy)), {}};
  const auto updated =
      world.update(state, world.config({{"name", "other"}, {"tags", Value::Attributes{{"a", "b"}}}}));
  CHECK(updated.diagnostics.empty());
  CHECK(world.clock.sleeps() >= 2);
}
