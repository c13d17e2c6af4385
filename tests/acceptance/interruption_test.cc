#include <csignal>
#include <nlohmann/json.hpp>

#include "tests/acceptance/copies.h"
#include "tests/acceptance/workspace.h"
#include "tests/support/catch.h"

using acceptance::SampleCopy;
using acceptance::Workspace;
using nlohmann::json;

namespace {

constexpr const char* kAddress = "image_copy.it";

}  // namespace

TEST_CASE(
    "killing the emulator in the middle of an apply gives a clear error and a state that holds the copy") {
  const SampleCopy& copy = acceptance::each_copy();
  CAPTURE(copy.title);
  Workspace workspace(acceptance::sample_seed("100m"));
  workspace.configure(workspace.provider_block("  max_retries = 0\n"),
                      resource_block(copy, "timeouts = { create = \"10s\" }"));
  workspace.must({"init"});
  const auto apply = workspace.start({"apply", "-auto-approve"});
  workspace.emulator().wait_for_calls_after(copy.cloud, copy.copy_call, copy.look_call, 1);
  workspace.emulator().kill();
  const auto outcome = Workspace::finish(*apply);
  CAPTURE(outcome.text);
  CHECK(outcome.exit_code == 1);
  CHECK(outcome.says("Copy Not Finished in Time"));
  CHECK(outcome.says("The last look at it failed"));
  const json attributes = workspace.attributes(kAddress);
  REQUIRE_FALSE(attributes.is_null());
  CHECK((attributes.at("image_id").is_string() || attributes.at("job_id").is_string()));
}

TEST_CASE("12.63 Ctrl-C keeps the copy in the state, not tainted, and the next apply waits on") {
  const SampleCopy& copy = acceptance::each_copy();
  CAPTURE(copy.title);
  Workspace workspace(acceptance::sample_seed("100m"));
  workspace.configure(resource_block(copy));
  workspace.must({"init"});
  const auto apply = workspace.start({"apply", "-auto-approve"});
  workspace.emulator().wait_for_calls_after(copy.cloud, copy.copy_call, copy.look_call, 1);
  // As a terminal does: to the whole process group.
  REQUIRE(::kill(-apply->pid(), SIGINT) == 0);
  const auto interrupted = Workspace::finish(*apply);
  CAPTURE(interrupted.text);
  CHECK(interrupted.exit_code == 1);
  CHECK(interrupted.says("Copy Still Running"));
  REQUIRE_FALSE(workspace.attributes(kAddress).is_null());
  CHECK_FALSE(workspace.is_tainted(kAddress));
  CHECK(workspace.planned_actions(kAddress) == json({"update"}));

  workspace.emulator().advance_clock("2h");
  workspace.must({"apply", "-auto-approve"});
  CHECK(workspace.attributes(kAddress).at("status") == "available");
  CHECK(workspace.emulator().calls(copy.cloud, copy.copy_call) == 1);
  CHECK(workspace.run({"plan", "-detailed-exitcode"}).exit_code == 0);
}
