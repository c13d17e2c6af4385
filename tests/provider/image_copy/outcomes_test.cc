#include "tests/provider/image_copy/resource_world.h"

using cloud::CopyState;
using fakes::copy_status;
using fakes::kAbsent;
using tf::AttributePath;
using tf::Value;
using World = fakes::ResourceWorld;

namespace {

constexpr const char* kListed = R"({"listed":true})";

Value short_timeout(const World& world, const std::string& on_timeout) {
  return world.config({{"on_timeout", on_timeout}, {"timeouts", Value::Attributes{{"create", "10m"}}}});
}

/// The state of a finished copy with snapshots, whose image is gone now.
Value state_of_missing_image(World& world, const Value::Attributes& set = {}) {
  auto status = copy_status(CopyState::available);
  status.image->snapshot_ids = {"s-1", "s-2"};
  world.cloud->describe_results = {status};
  const Value state = world.create(world.config(set)).state;
  world.cloud->describe_results = {kAbsent};
  world.cloud->calls.clear();
  return state;
}

}  // namespace

TEST_CASE("a copy that times out is in the state, with an error that explains how to keep it") {
  World world;
  world.cloud->describe_results = {copy_status(CopyState::copying, 40)};
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

TEST_CASE("with on_timeout = keep a timeout is a warning, and the next update resumes waiting") {
  World world;
  world.cloud->describe_results = {copy_status(CopyState::copying, 40)};
  const Value config = short_timeout(world, "keep");
  const auto created = world.create(config);
  REQUIRE(created.diagnostics.size() == 1);
  CHECK(created.diagnostics[0].severity == tf::Severity::warning);
  CHECK(created.state["status"] == Value("copying"));

  world.cloud->describe_results = {copy_status(CopyState::available)};
  const auto updated = world.update(created.state, config, created.private_state);
  CHECK(updated.diagnostics.empty());
  CHECK(updated.state["status"] == Value("available"));
  CHECK(world.cloud->start_requests.size() == 1);
}

TEST_CASE("with on_destroy = retain a running or finished copy is removed from the state without a call") {
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

TEST_CASE("a replacement that adopts the image that it replaces keeps it, and nothing is deleted") {
  World world;
  Value old_state = world.available_state();
  // Another process, with create_before_destroy.
  World next_run;
  cloud::CopyStatus own = copy_status(CopyState::available);
  own.image->origin = cloud::Origin{.region = "r1", .image_id = "m-src"};
  next_run.cloud->list_results = {std::vector{own}};
  next_run.cloud->set_traits({.reports_source = true});
  const auto created = next_run.create(next_run.config());
  CHECK(created.state["image_id"] == Value("m-new"));
  REQUIRE(created.diagnostics.size() == 1);
  CHECK(created.diagnostics[0].summary == "Existing Copy Adopted");
  const auto removed = next_run.resource.remove({.prior_state = old_state}, next_run.stop.get_token());
  CHECK(removed.state.is_null());
  REQUIRE(removed.diagnostics.size() == 1);
  CHECK(removed.diagnostics[0].severity == tf::Severity::warning);
  CHECK(next_run.cloud->calls.empty());
}

TEST_CASE("an adopted image gets the configured description and tags") {
  World world;
  cloud::CopyStatus own = copy_status(CopyState::available);
  own.image->name = "copy";
  own.image->description = "older";
  own.image->tags = cloud::Tags{{"stage", "old"}};
  world.cloud->list_results = {std::vector{own}};
  const auto created = world.create(world.config(
      {{"adopt_existing", true}, {"description", "newer"}, {"tags", Value::Attributes{{"team", "images"}}}}));
  CHECK(created.state["description"] == Value("newer"));
  CHECK(world.cloud->calls ==
        std::vector<std::string>{"update m-new - newer", "tag m-new team=images -stage"});
}

TEST_CASE("a copy whose response was lost and that cannot be searched for is reported as possibly started") {
  World world;
  world.cloud->start_results = {std::unexpected(fakes::failure(cloud::ErrorKind::outcome_unknown))};
  world.cloud->list_results = {{}, {}, std::unexpected(fakes::failure(cloud::ErrorKind::unavailable))};
  const auto created = world.create(world.config());
  CHECK(created.state.is_null());
  REQUIRE(created.diagnostics.size() == 1);
  CHECK(created.diagnostics[0].summary == "Copy May Have Been Started");
  CHECK(created.diagnostics[0].detail.find("searches for the copy") != std::string::npos);
}

TEST_CASE("a copy that cannot be polled is in the state, with on_timeout = keep as a warning") {
  for (const bool keeps : {false, true}) {
    World world;
    world.cloud->describe_results = {std::unexpected(fakes::failure(cloud::ErrorKind::permission_denied))};
    const auto created = world.create(world.config({{"on_timeout", keeps ? "keep" : "fail"}}));
    CHECK(created.state["image_id"] == Value("m-new"));
    REQUIRE(created.diagnostics.size() == 1);
    CHECK(created.diagnostics[0].summary == "Copy Status Cannot Be Read");
    CHECK((created.diagnostics[0].severity == tf::Severity::warning) == keeps);
  }
}

TEST_CASE("snapshots that a killed delete has left are found, and force replacement") {
  World world;
  const Value state = state_of_missing_image(world);
  world.cloud->snapshot_results = {std::vector<std::string>{"s-2"}};
  const auto read = world.resource.read({.state = state, .private_state = kListed}, world.stop.get_token());
  CHECK(read.diagnostics.empty());
  CHECK(read.state["status"] == Value("failed"));
  CHECK(read.state["status_reason"].text()->find("s-2") != std::string::npos);
  CHECK(provider::read_private_state(read.private_state).snapshots_left == std::vector<std::string>{"s-2"});
  CHECK(world.plan(read.state, world.config(), read.private_state).requires_replace ==
        std::vector<AttributePath>{AttributePath("status")});
}

TEST_CASE("an image that is gone is removed from the state if no snapshots are left to delete") {
  World world;
  const bool keeps_snapshots = GENERATE(false, true);
  const Value state = state_of_missing_image(world, {{"delete_snapshots", !keeps_snapshots}});
  world.cloud->snapshot_results = {std::vector<std::string>()};
  const auto read = world.resource.read({.state = state, .private_state = kListed}, world.stop.get_token());
  CHECK(read.diagnostics.empty());
  CHECK(read.state.is_null());
  CHECK((world.cloud->calls == std::vector<std::string>{"describe", "describe"}) == keeps_snapshots);
}

TEST_CASE("snapshots that cannot be read are an error, and without permission a warning") {
  World world;
  const auto kind = GENERATE(cloud::ErrorKind::permission_denied, cloud::ErrorKind::unavailable);
  const Value state = state_of_missing_image(world);
  world.cloud->snapshot_results = {std::unexpected(cloud::Error{.kind = kind, .message = "no"})};
  const auto read = world.resource.read({.state = state, .private_state = kListed}, world.stop.get_token());
  const bool permission_denied = kind == cloud::ErrorKind::permission_denied;
  REQUIRE(read.diagnostics.size() == 1);
  CHECK(read.diagnostics[0].detail.find("s-1, s-2") != std::string::npos);
  CHECK(tf::has_error(read.diagnostics) != permission_denied);
  CHECK(read.state.is_null() == permission_denied);
  if (!permission_denied) CHECK(read.state == state);
}

TEST_CASE(
    "an interrupted update keeps to its plan, without an error, and the next refresh shows what is left to "
    "do") {
  World world;
  const Value state = world.running_state();
  const Value config = world.config({{"name", "renamed"},
                                     {"tags", Value::Attributes{{"team", "images"}}},
                                     {"on_timeout", "keep"},
                                     {"timeouts", Value::Attributes{{"update", "1h"}}}});
  const auto plan = world.plan(state, config);
  auto running = copy_status(CopyState::copying);
  running.image->tags = cloud::Tags();
  world.cloud->describe_results = {running};
  world.clock.on_sleep = [&] { world.stop.request_stop(); };
  const auto interrupted = world.update(state, config);
  CHECK_FALSE(tf::has_error(interrupted.diagnostics));
  fakes::check_keeps_plan(plan.planned_state, interrupted.state);
  world.clock.on_sleep = {};
  world.stop = std::stop_source();

  auto finished = copy_status(CopyState::available);
  finished.image->tags = cloud::Tags();
  world.cloud->describe_results = {finished};
  const auto read = world.resource.read(
      {.state = interrupted.state, .private_state = interrupted.private_state}, world.stop.get_token());
  CHECK(read.state["name"] == Value("copy"));
  CHECK(read.state["tags_all"] != interrupted.state["tags_all"]);
}

TEST_CASE("an update that sets on_timeout = keep reports its own timeout as a warning") {
  World world;
  world.cloud->describe_results = {copy_status(CopyState::copying)};
  const Value state = world.create(short_timeout(world, "fail")).state;
  const Value config =
      world.config({{"on_timeout", "keep"}, {"timeouts", Value::Attributes{{"update", "10m"}}}});
  const auto plan = world.plan(state, config);
  const auto updated = world.update(state, config);
  CHECK_FALSE(tf::has_error(updated.diagnostics));
  fakes::check_keeps_plan(plan.planned_state, updated.state);

  const Value failing =
      world.config({{"name", "renamed"}, {"timeouts", Value::Attributes{{"update", "10m"}}}});
  const auto failed = world.update(state, failing);
  CHECK(tf::has_error(failed.diagnostics));
  CHECK(failed.state["timeouts"]["update"] == Value("10m"));  // changes that need no call are stored
  CHECK(failed.state["name"] == Value("copy"));
}

TEST_CASE("a second resource for the same copy is an error of the plan, whichever is planned first") {
  World other;
  const Value state = other.available_state();
  const auto reports_duplicate = [](const tf::PlanResponse& plan) {
    return std::ranges::any_of(plan.diagnostics,
                               [](const auto& report) { return report.summary == "Duplicate Copy"; });
  };
  World first;
  CHECK_FALSE(reports_duplicate(first.plan(state, first.config(), kListed)));
  CHECK(reports_duplicate(first.plan({}, first.config())));
  World last;
  CHECK_FALSE(reports_duplicate(last.plan({}, last.config())));
  CHECK(reports_duplicate(last.plan(state, last.config(), kListed)));
  World renamed;
  CHECK_FALSE(reports_duplicate(renamed.plan(state, renamed.config({{"name", "previous"}}), kListed)));
  CHECK_FALSE(reports_duplicate(renamed.plan({}, renamed.config())));
  World forced;  // a replacement with -replace is planned as an update first
  CHECK_FALSE(reports_duplicate(forced.plan(state, forced.config(), kListed)));
  CHECK_FALSE(reports_duplicate(forced.plan({}, forced.config(), kListed)));
}

TEST_CASE("an image that is not the account's own is not imported") {
  World world;
  world.cloud->describe_results = {copy_status(CopyState::available)};
  world.cloud->source_results = {cloud::SourceImage{.owner = cloud::ImageOwner::cloud}};
  const auto imported = world.resource.import("alicloud/r2/m-new", world.stop.get_token());
  REQUIRE(imported.diagnostics.size() == 1);
  CHECK(imported.diagnostics[0].summary == "Image Not Owned by This Account");
  CHECK(imported.state.is_null());
}
