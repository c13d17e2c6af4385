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

/// Sends SIGINT to the whole process group, as a terminal does.
acceptance::Outcome interrupt(harness::Subprocess& terraform) {
  REQUIRE(::kill(-terraform.pid(), SIGINT) == 0);
  return Workspace::finish(terraform);
}

/// A workspace whose state holds the copy while it runs.
std::unique_ptr<Workspace> workspace_with_running(const SampleCopy& copy) {
  auto workspace = std::make_unique<Workspace>(acceptance::sample_seed("100m"));
  workspace->configure(resource_block(copy, "wait_until = \"submitted\""));
  workspace->must({"init"});
  workspace->must({"apply", "-auto-approve"});
  return workspace;
}

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
  workspace.emulator().wait_for_calls_after(copy.cloud, copy.copy_call, copy.describe_call, 1);
  workspace.emulator().kill();
  const auto outcome = Workspace::finish(*apply);
  CAPTURE(outcome.text);
  CHECK(outcome.exit_code == 1);
  CHECK(outcome.says("Copy Not Finished in Time"));
  CHECK(outcome.says("The last poll failed"));
  const json attributes = workspace.attributes(kAddress);
  REQUIRE_FALSE(attributes.is_null());
  CHECK((attributes.at("image_id").is_string() || attributes.at("job_id").is_string()));
}

TEST_CASE("12.63 Ctrl-C keeps the copy in the state, not tainted, and the next apply resumes waiting") {
  const SampleCopy& copy = acceptance::each_copy();
  CAPTURE(copy.title);
  Workspace workspace(acceptance::sample_seed("100m"));
  workspace.configure(resource_block(copy));
  workspace.must({"init"});
  const auto apply = workspace.start({"apply", "-auto-approve"});
  workspace.emulator().wait_for_calls_after(copy.cloud, copy.copy_call, copy.describe_call, 1);
  const auto interrupted = interrupt(*apply);
  CAPTURE(interrupted.text);
  CHECK(interrupted.exit_code == 1);
  CHECK(interrupted.says("Copy Still Running"));
  REQUIRE_FALSE(workspace.attributes(kAddress).is_null());
  CHECK_FALSE(workspace.is_tainted(kAddress));
  CHECK(workspace.planned_actions(kAddress) == json({"update"}));
  CHECK(workspace.run({"plan"}).says("resumes waiting"));

  workspace.emulator().advance_clock("2h");
  workspace.must({"apply", "-auto-approve"});
  CHECK(workspace.attributes(kAddress).at("status") == "available");
  CHECK(workspace.emulator().calls(copy.cloud, copy.copy_call) == 1);
  CHECK(workspace.run({"plan", "-detailed-exitcode"}).exit_code == 0);
}

TEST_CASE("Ctrl-C in an update that waits keeps the copy, and the next apply resumes waiting") {
  const SampleCopy& copy = acceptance::each_copy();
  CAPTURE(copy.title);
  const auto workspace = workspace_with_running(copy);
  workspace->configure(resource_block(copy));
  const int calls_before = workspace->emulator().calls(copy.cloud, copy.describe_call);
  const auto apply = workspace->start({"apply", "-auto-approve"});
  // The first call is the refresh.
  workspace->emulator().wait_for_calls(copy.cloud, copy.describe_call, calls_before + 2);
  const auto interrupted = interrupt(*apply);
  CAPTURE(interrupted.text);
  CHECK(interrupted.exit_code == 1);
  CHECK(interrupted.says("Copy Still Running"));
  CHECK_FALSE(workspace->is_tainted(kAddress));
  CHECK(workspace->planned_actions(kAddress) == json({"update"}));

  workspace->emulator().advance_clock("2h");
  workspace->must({"apply", "-auto-approve"});
  CHECK(workspace->attributes(kAddress).at("status") == "available");
  CHECK(workspace->run({"plan", "-detailed-exitcode"}).exit_code == 0);
  CHECK(workspace->emulator().calls(copy.cloud, copy.copy_call) == 1);
}

TEST_CASE("Ctrl-C in a destroy that waits keeps the copy in the state, and the next destroy continues") {
  const SampleCopy& copy = acceptance::each_copy(&SampleCopy::destroy_may_wait);
  CAPTURE(copy.title);
  json seed = acceptance::sample_seed("100m");
  for (json& image : seed["images"]) image["outcome"] = "uncancellable";
  Workspace workspace(seed);
  workspace.configure(resource_block(copy, "wait_until = \"submitted\""));
  workspace.must({"init"});
  workspace.must({"apply", "-auto-approve"});
  const int calls_before = workspace.emulator().calls(copy.cloud, copy.describe_call);
  const auto destroy = workspace.start({"destroy", "-auto-approve"});
  workspace.emulator().wait_for_calls(copy.cloud, copy.describe_call, calls_before + 3);
  const auto interrupted = interrupt(*destroy);
  CAPTURE(interrupted.text);
  CHECK(interrupted.exit_code == 1);
  // An error, because Terraform reports a bug if a destroy leaves an object without an error
  // (PROTOCOL.md 8.6).
  CHECK(interrupted.says("Destroy Interrupted"));
  REQUIRE_FALSE(workspace.attributes(kAddress).is_null());
  CHECK_FALSE(workspace.is_tainted(kAddress));
  CHECK(copies_in(workspace, copy).size() <= 1);

  workspace.emulator().advance_clock("2h");
  workspace.must({"destroy", "-auto-approve"});
  CHECK(workspace.attributes(kAddress).is_null());
  CHECK(copies_in(workspace, copy).empty());
  CHECK(workspace.emulator().calls(copy.cloud, copy.delete_call) == 1);
}

TEST_CASE("Ctrl-C in a plan or a refresh changes nothing") {
  const SampleCopy& copy = acceptance::each_copy();
  CAPTURE(copy.title);
  const auto workspace = workspace_with_running(copy);
  const auto check_unchanged_by = [&](const std::vector<std::string>& command) {
    CAPTURE(command);
    const std::string state_file = workspace->folder().path() + "/terraform.tfstate";
    const json before = json::parse(harness::read_file(state_file));
    workspace->emulator().add_fault({{"cloud", copy.cloud}, {"effect", "delay"}, {"delay", "1h"}});
    const auto terraform = workspace->start(command);
    workspace->emulator().wait_until_faults_are_used();
    const auto interrupted = interrupt(*terraform);
    CAPTURE(interrupted.text);
    CHECK(interrupted.exit_code == 1);
    CHECK(json::parse(harness::read_file(state_file)).at("resources") == before.at("resources"));
  };
  check_unchanged_by({"plan"});
  check_unchanged_by({"refresh"});
  CHECK(workspace->run({"plan", "-detailed-exitcode"}).exit_code == 0);
  CHECK(workspace->emulator().calls(copy.cloud, copy.copy_call) == 1);
}
