#include "tests/provider/image_copy/resource_world.h"

using cloud::CopyState;
using cloud::ErrorKind;
using fakes::copy_status;
using fakes::failure;
using fakes::kAbsent;
using tf::Value;
using World = fakes::ResourceWorld;

TEST_CASE("a read stores what was changed outside of Terraform") {
  World world;
  const Value state = world.available_state();
  auto status = copy_status(CopyState::available);
  status.image->name = "renamed";
  status.image->description = "changed";
  world.cloud->describe_results = {status};
  const auto read = world.resource.read({.state = state}, world.stop.get_token());
  CHECK(read.state["name"] == Value("renamed"));
  CHECK(read.state["description"] == Value("changed"));
}

TEST_CASE("an error never means that a copy is gone") {
  World world;
  const Value state = world.available_state();
  for (const ErrorKind kind : {ErrorKind::unreachable, ErrorKind::permission_denied, ErrorKind::unexpected}) {
    world.cloud->describe_results = {std::unexpected(failure(kind))};
    const auto read = world.resource.read({.state = state, .private_state = "p"}, world.stop.get_token());
    CHECK(tf::has_error(read.diagnostics));
    CHECK(read.state == state);
    CHECK(read.private_state == "p");
  }
}

TEST_CASE("a copy that is gone is removed from the state, and one that is not listed yet stays") {
  World world;
  const auto created = world.create(world.config({{"wait_until", "submitted"}}));
  world.cloud->describe_results = {kAbsent};
  const auto early = world.resource.read({.state = created.state, .private_state = created.private_state},
                                         world.stop.get_token());
  CHECK(early.state == created.state);
  world.clock.advance(std::chrono::minutes(5));
  const auto late = world.resource.read({.state = created.state, .private_state = created.private_state},
                                        world.stop.get_token());
  CHECK(late.state.is_null());
  CHECK(late.diagnostics.empty());
}

TEST_CASE("a copy that was listed before is gone as soon as it is no longer listed") {
  World world;
  const auto created = world.create(world.config({{"wait_until", "submitted"}}));
  world.cloud->describe_results = {copy_status(CopyState::copying)};
  const auto listed = world.resource.read({.state = created.state, .private_state = created.private_state},
                                          world.stop.get_token());
  world.cloud->describe_results = {kAbsent};
  const auto gone = world.resource.read({.state = listed.state, .private_state = listed.private_state},
                                        world.stop.get_token());
  CHECK(gone.state.is_null());
}

TEST_CASE("a copy that one response leaves out stays in the state") {
  World world;
  const Value state = world.available_state();
  world.cloud->describe_results = {kAbsent, copy_status(CopyState::available)};
  CHECK(world.resource.read({.state = state}, world.stop.get_token()).state == state);
  world.cloud->describe_results = {kAbsent};
  CHECK(world.resource.read({.state = state}, world.stop.get_token()).state.is_null());
}

TEST_CASE("a copy that was available does not run again, whatever the cloud reports of the image") {
  World world;
  const Value state = world.available_state();
  for (const CopyState reported : {CopyState::queued, CopyState::copying, CopyState::unknown}) {
    auto status = copy_status(reported);
    status.status_reason =
        reported == CopyState::copying ? "The cloud reports the status \"NotAvailable\"." : "";
    world.cloud->describe_results = {status};
    const auto read = world.resource.read({.state = state}, world.stop.get_token());
    CHECK(read.state["status"] == Value("available"));
    CHECK(read.state["progress_percent"] == Value(100));
    CHECK_FALSE(read.state["status_reason"].is_null());
  }
  world.cloud->describe_results = {copy_status(CopyState::failed)};
  CHECK(world.resource.read({.state = state}, world.stop.get_token()).state["status"] == Value("failed"));
}

TEST_CASE("a state without any ID is an error, and does not mean that the copy is gone") {
  World world;
  Value state = world.available_state();
  state.set("image_id", {});
  const auto read = world.resource.read({.state = state}, world.stop.get_token());
  CHECK(tf::has_error(read.diagnostics));
  CHECK(read.state == state);
  CHECK(tf::has_error(world.resource.remove({.prior_state = state}, world.stop.get_token()).diagnostics));
  CHECK(world.cloud->calls.empty());
}
