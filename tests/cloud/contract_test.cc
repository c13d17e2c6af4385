#include "tests/cloud/contract_world.h"

// How copies go on each cloud: the same calls, with the same kinds of results.

using cloud::CopyState;
using cloud::ErrorKind;
using nlohmann::json;
using World = fakes::ContractWorld;
using namespace std::chrono_literals;

TEST_CASE("a copy goes from copying to available, and its image is as requested") {
  World world;
  CAPTURE(world.setting.name());
  cloud::CopyReference copy = world.start();
  CHECK((!copy.image_id.empty() || !copy.job_id.empty()));
  world.clock.advance(50s);
  const cloud::CopyStatus running = world.describe(copy);
  CHECK(running.state == CopyState::copying);
  if (running.progress_percent) CHECK(*running.progress_percent < 100);

  world.clock.advance(150s);
  const cloud::CopyStatus done = world.describe(copy);
  CHECK(done.state == CopyState::available);
  REQUIRE(done.image);
  CHECK(done.image->id == done.image_id);
  CHECK(done.image->name == "copy");
  CHECK(done.image->description == world.setting.request.spec.description.value());
  CHECK(done.image->size_gb == 40);
  CHECK_FALSE(done.image->created_at.empty());
  CHECK(done.image->origin.has_value() == world.cloud->traits().reports_source);

  copy.image_id = done.image_id;
  copy.job_id.clear();
  CHECK(world.describe(copy).state == CopyState::available);
}

TEST_CASE("a running copy is canceled and then gone, or cannot be canceled") {
  World world;
  CAPTURE(world.setting.name());
  const cloud::CopyReference copy = world.start();
  world.clock.advance(10s);
  const auto cancelled = world.cloud->cancel_copy(copy, world.context);
  if (world.setting.cancels) {
    CHECK(cancelled);
    CHECK(world.state_of(copy) == CopyState::absent);
  } else {
    CHECK(cancelled.error().kind == ErrorKind::cannot_cancel);
  }
}

TEST_CASE("a finished copy cannot be canceled, but can be deleted") {
  World world;
  CAPTURE(world.setting.name());
  cloud::CopyReference copy = world.finish();
  const auto cancelled = world.cloud->cancel_copy(copy, world.context);
  CHECK((cancelled.error().kind == ErrorKind::not_copying ||
         cancelled.error().kind == ErrorKind::cannot_cancel));
  CHECK(world.cloud->delete_image(copy, {}, world.context));
  copy.job_id.clear();
  CHECK(world.state_of(copy) == CopyState::absent);
}

TEST_CASE("a running copy cannot be deleted") {
  World world;
  CAPTURE(world.setting.name());
  world.transport.control("POST", "switches", {{"huaweicloud_early_image_id", true}});
  cloud::CopyReference copy = world.start();
  world.clock.advance(50s);
  copy.image_id = world.describe(copy).image_id;
  CHECK(world.cloud->delete_image(copy, {}, world.context).error().kind == ErrorKind::still_copying);
}

TEST_CASE("describing an image that does not exist is no error, and reports it as absent") {
  World world;
  CAPTURE(world.setting.name());
  const cloud::CopyReference copy{.source_region = world.setting.request.spec.source_region.value(),
                                  .destination_region = world.setting.request.spec.destination_region.value(),
                                  .image_id = world.setting.unknown_image};
  CHECK(world.state_of(copy) == CopyState::absent);
  CHECK(world.cloud->delete_image(copy, {}, world.context).error().kind == ErrorKind::not_found);
}

TEST_CASE("an unknown source image is not found") {
  World world;
  CAPTURE(world.setting.name());
  world.setting.request.spec.source_image_id = world.setting.unknown_image;
  const auto copy = world.cloud->start_copy(world.setting.request, world.context);
  REQUIRE_FALSE(copy);
  CHECK(copy.error().kind == ErrorKind::not_found);
  CHECK(copy.error().image_id == world.setting.unknown_image);
  CHECK(copy.error().region == world.setting.request.spec.source_region.value());
  CHECK_FALSE(copy.error().request_id.empty());
}

TEST_CASE("wrong credentials are reported as unauthenticated, with the cloud's code and request ID") {
  World world;
  CAPTURE(world.setting.name());
  const auto wrong_client = world.make("not-the-secret");
  const auto copy = wrong_client->start_copy(world.setting.request, world.context);
  REQUIRE_FALSE(copy);
  CHECK(copy.error().kind == ErrorKind::unauthenticated);
  CHECK(copy.error().credentials_source == "the test");
  CHECK_FALSE(copy.error().code.empty());
  CHECK_FALSE(copy.error().request_id.empty());
}

TEST_CASE("describing a copy is retried while the cloud is unavailable") {
  World world;
  CAPTURE(world.setting.name());
  const cloud::CopyReference copy = world.finish();
  world.transport.control("POST", "faults", {{"effect", "status"}, {"status", 503}, {"times", 2}});
  CHECK(world.describe(copy).state == CopyState::available);
  CHECK(world.clock.sleeps() == 2);
}

TEST_CASE("a copy call whose response was lost is not repeated where that would make a second copy") {
  World world;
  CAPTURE(world.setting.name());
  world.transport.control("POST", "faults",
                          {{"effect", "drop_after"}, {"action", world.setting.copy_action}, {"times", 1}});
  const auto copy = world.cloud->start_copy(world.setting.request, world.context);
  if (world.setting.repeats_copy_calls) {
    CHECK(copy);
    CHECK(world.calls(world.setting.copy_action) == 2);
  } else {
    CHECK(copy.error().kind == ErrorKind::outcome_unknown);
    CHECK(world.calls(world.setting.copy_action) == 1);
  }
  int made = 0;
  const json listed = world.transport.control("GET", "images");
  for (const json& image : listed.at("images")) made += image.at("copied") == true ? 1 : 0;
  CHECK(made == 1);
}

TEST_CASE("malformed responses are errors, and never mean that a copy is absent") {
  World world;
  CAPTURE(world.setting.name());
  const cloud::CopyReference copy = world.finish();
  for (const char* body : {"", "<html>down</html>", "{", "[]", "null", R"({"images": 5})", R"({"image": []})",
                           R"({"Images": {"Image": {}}})", R"({"status": [1]})"}) {
    CAPTURE(body);
    world.transport.control("POST", "faults", {{"effect", "body"}, {"body", body}});
    const auto status = world.cloud->describe_copy(copy, world.context);
    REQUIRE_FALSE(status);
    CHECK(status.error().kind == ErrorKind::unexpected);
  }
}

TEST_CASE("a token that a cloud repeats in an error is redacted") {
  World world;
  CAPTURE(world.setting.name());
  const cloud::Dependencies dependencies{
      .transport = world.transport, .clock = world.corrected, .log = world.log, .policies = {}};
  world.cloud = fakes::emulated_cloud(world.setting.name(),
                                      {.access_key = "EMULATORTEMPKEY0001",
                                       .secret_key = "wrong",
                                       .security_token = "emulator-session-token-01"},
                                      dependencies);
  const auto copy = world.cloud->start_copy(world.setting.request, world.context);
  REQUIRE_FALSE(copy);
  const std::string text = cloud::describe(copy.error());
  CAPTURE(text);
  CHECK(text.find("emulator-session-token-01") == std::string::npos);
  CHECK(text.find("(hidden)") != std::string::npos);
}

TEST_CASE("a wrong clock is corrected by the cloud's time") {
  World world;
  CAPTURE(world.setting.name());
  const std::string skew = GENERATE("2h", "-2h");
  world.transport.control("POST", "switches", {{"clock_skew", skew}});
  const cloud::CopyReference copy = world.start();
  CHECK(world.calls(world.setting.copy_action) == 2);
  world.describe(copy);
  CHECK(world.calls(world.setting.copy_action) == 2);
}
