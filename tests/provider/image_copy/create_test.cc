#include "tests/provider/image_copy/resource_world.h"

using cloud::CopyState;
using cloud::ErrorKind;
using fakes::check_keeps_plan;
using fakes::copy_status;
using fakes::failure;
using fakes::kAbsent;
using tf::AttributePath;
using tf::Value;
using World = fakes::ResourceWorld;

TEST_CASE("refused credentials are reported with their source, and without canonical requests") {
  World world;
  cloud::Error refused = failure(ErrorKind::unauthenticated);
  refused.message = "The signature differs: " + std::string(1500, 'x');
  refused.credentials_source = "the environment variables A and B";
  world.cloud->start_results = {std::unexpected(refused)};
  const auto created = world.create(world.config({}));
  REQUIRE(created.diagnostics.size() == 1);
  const std::string& detail = created.diagnostics[0].detail;
  CHECK(detail.starts_with(
      "The cloud did not accept the credentials from the environment variables A and B. "));
  CHECK(detail.find(std::string(200, 'x')) == std::string::npos);
}

TEST_CASE("a create keeps to its plan and leaves nothing unknown") {
  World world;
  world.cloud->describe_results = {copy_status(CopyState::copying, 50),
                                   copy_status(CopyState::available, 100)};
  const Value config = world.config();
  const Value planned = world.plan({}, config).planned_state;
  const auto created = world.create(config);
  CHECK(created.diagnostics.empty());
  check_keeps_plan(planned, created.state);
  CHECK(created.state["id"] == Value("alicloud/r2/m-new"));
  CHECK(created.state["status"] == Value("available"));
  CHECK(created.state["progress_percent"] == Value(100));
  CHECK(created.state["size_gb"] == Value(40));
}

TEST_CASE("a create with wait_until = submitted does not poll") {
  World world;
  const auto created = world.create(world.config({{"wait_until", "submitted"}}));
  CHECK(created.diagnostics.empty());
  CHECK(created.state["status"] == Value("queued"));
  CHECK(created.state["image_id"] == Value("m-new"));
  CHECK(created.state.is_wholly_known());
  CHECK(world.cloud->calls == std::vector<std::string>{"start m-src"});
}

TEST_CASE("a copy that was not started leaves nothing in the state") {
  World world;
  world.cloud->start_results = {std::unexpected(failure(ErrorKind::not_found, "NoSuchImage"))};
  const auto created = world.create(world.config());
  CHECK(created.state.is_null());
  REQUIRE(created.diagnostics.size() == 1);
  CHECK(created.diagnostics[0].attribute == AttributePath("source_image_id"));
  for (const char* word :
       {"SomeCall", "r1", "https://cloud.example", "NoSuchImage", "the cloud's words", "R-1"}) {
    CAPTURE(word);
    CHECK(created.diagnostics[0].detail.find(word) != std::string::npos);
  }
}

TEST_CASE("every way out of a started create returns the copy") {
  World world;
  const auto check = [&](tf::Severity severity) {
    const Value config = world.config();
    const Value planned = world.plan({}, config).planned_state;
    const auto created = world.create(config);
    REQUIRE(created.diagnostics.size() == 1);
    CHECK(created.diagnostics[0].severity == severity);
    check_keeps_plan(planned, created.state);
    CHECK(created.state["image_id"] == Value("m-new"));
  };
  SECTION("it fails") {
    world.cloud->describe_results = {copy_status(CopyState::failed)};
    check(tf::Severity::error);
  }
  SECTION("it disappears") {
    world.cloud->describe_results = {copy_status(CopyState::copying), kAbsent};
    check(tf::Severity::error);
  }
  SECTION("it times out") {
    world.cloud->describe_results = {copy_status(CopyState::copying)};
    check(tf::Severity::error);
  }
  SECTION("it cannot be polled") {
    world.cloud->describe_results = {std::unexpected(failure(ErrorKind::permission_denied))};
    check(tf::Severity::error);
  }
  SECTION("it is interrupted, which must not taint it") {
    world.cloud->describe_results = {copy_status(CopyState::copying)};
    world.clock.on_sleep = [&] { world.stop.request_stop(); };
    check(tf::Severity::warning);
  }
}

TEST_CASE("a second resource for the same copy is an error, and does not share the image") {
  World world;
  world.cloud->describe_results = {copy_status(CopyState::available)};
  CHECK(world.create(world.config()).diagnostics.empty());
  const auto again = world.create(world.config());
  REQUIRE(again.diagnostics.size() == 1);
  CHECK(again.diagnostics[0].summary == "Duplicate Copy");
  CHECK(again.state.is_null());
  CHECK(world.cloud->start_requests.size() == 1);
}
