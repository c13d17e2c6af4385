#include "tests/provider/image_copy/resource_world.h"

using cloud::CopyState;
using cloud::ErrorKind;
using fakes::copy_status;
using fakes::failure;
using fakes::kAbsent;
using tf::AttributePath;
using tf::Value;
using World = fakes::ResourceWorld;

TEST_CASE("a failed delete keeps the state and the private state") {
  World world;
  const Value state = world.available_state();
  world.cloud->describe_results = {copy_status(CopyState::available)};
  world.cloud->delete_results = {std::unexpected(failure(ErrorKind::in_use))};
  const auto removed =
      world.resource.remove({.prior_state = state, .private_state = "p"}, world.stop.get_token());
  CHECK(tf::has_error(removed.diagnostics));
  CHECK(removed.state["image_id"] == Value("m-new"));
  CHECK(removed.private_state == "p");
}

TEST_CASE(
    "snapshots that cannot be deleted keep the resource in the state, even over a refresh, until they are "
    "gone") {
  World world;
  auto status = copy_status(CopyState::available);
  status.image->snapshot_ids = {"s-1"};
  world.cloud->describe_results = {status};
  const auto created = world.create(world.config());
  CHECK(created.state["snapshot_ids"] == Value(Value::Elements{"s-1"}));
  world.cloud->describe_results = {status, kAbsent};
  world.cloud->snapshot_delete_results = {std::unexpected(failure(ErrorKind::in_use, "SnapshotCreatedDisk"))};
  const auto removed = world.resource.remove(
      {.prior_state = created.state, .private_state = created.private_state}, world.stop.get_token());
  REQUIRE(removed.diagnostics.size() == 1);
  CHECK(removed.diagnostics[0].detail.find("s-1") != std::string::npos);
  CHECK(removed.diagnostics[0].detail.find("SnapshotCreatedDisk") != std::string::npos);
  CHECK_FALSE(removed.state.is_null());

  const auto read = world.resource.read({.state = removed.state, .private_state = removed.private_state},
                                        world.stop.get_token());
  REQUIRE_FALSE(read.state.is_null());
  CHECK(world.plan(read.state, world.config(), read.private_state).requires_replace ==
        std::vector<AttributePath>{AttributePath("status")});
  world.cloud->snapshot_delete_results = {{}};
  const auto again = world.resource.remove({.prior_state = read.state, .private_state = read.private_state},
                                           world.stop.get_token());
  CHECK(again.state.is_null());
  CHECK(again.diagnostics.empty());
}
