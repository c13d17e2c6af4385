#include <csignal>
#include <nlohmann/json.hpp>

#include "tests/acceptance/copies.h"
#include "tests/acceptance/workspace.h"
#include "tests/support/catch.h"

using acceptance::SampleCopy;
using acceptance::Workspace;
using nlohmann::json;

namespace {

/// Configures numbered copies of one image to one region, of which two may run at once.
void configure_many(Workspace& workspace, const SampleCopy& copy, int count) {
  workspace.configure(workspace.provider_block("  max_concurrent_copies = 2\n"),
                      "resource \"image_copy\" \"it\" {\n  count = " + std::to_string(count) +
                          "\n  cloud = \"" + copy.cloud + "\"\n  source_image_id = \"" +
                          copy.source_image_id + "\"\n  source_region = \"" + copy.source_region +
                          "\"\n  destination_region = \"" + copy.destination_region +
                          "\"\n  name = \"copy-${count.index}\"\n  " + copy.required_arguments + "}\n");
}

}  // namespace

TEST_CASE("copies beyond the limit wait for admission, and no copy call is refused") {
  const SampleCopy& copy = acceptance::sample_copy("Huawei Cloud across regions");
  Workspace workspace(acceptance::sample_seed("2s"));
  workspace.emulator().set_switch("huaweicloud_running_jobs", 2);
  configure_many(workspace, copy, 6);
  workspace.must({"init"});
  workspace.must({"apply", "-auto-approve"});
  CHECK(copies_in(workspace, copy).size() == 6);
  // A refusal would have been followed by another call.
  CHECK(workspace.emulator().calls(copy.cloud, copy.copy_call) == 6);
  CHECK(workspace.run({"plan", "-detailed-exitcode"}).exit_code == 0);
}

TEST_CASE("after Ctrl-C the copies that were started are in the state, and those that waited are not") {
  const SampleCopy& copy = acceptance::each_copy(&SampleCopy::runs_in_parallel);
  CAPTURE(copy.title);
  Workspace workspace(acceptance::sample_seed("100m"));
  configure_many(workspace, copy, 8);
  workspace.must({"init"});
  const auto apply = workspace.start({"apply", "-auto-approve"});
  workspace.emulator().wait_for_calls_after(copy.cloud, copy.copy_call, copy.describe_call, 2);
  REQUIRE(::kill(-apply->pid(), SIGINT) == 0);
  const auto interrupted = Workspace::finish(*apply);
  CAPTURE(interrupted.text);
  CHECK(interrupted.exit_code == 1);
  CHECK(workspace.emulator().calls(copy.cloud, copy.copy_call) == 2);
  const json resources = workspace.resources();
  CHECK(resources.size() == 2);
  for (const json& resource : resources) CHECK_FALSE(resource.value("tainted", false));
}

TEST_CASE("two pipelines share the limit where the cloud reports the copies of both") {
  const SampleCopy& copy = acceptance::each_copy(&SampleCopy::runs_in_parallel);
  CAPTURE(copy.title);
  Workspace workspace(acceptance::sample_seed("100m"));
  configure_many(workspace, copy, 2);
  workspace.must({"init"});
  const auto first = workspace.start({"apply", "-auto-approve", "-state=first.tfstate"});
  workspace.emulator().wait_for_calls(copy.cloud, copy.copy_call, 2);
  // A copy is listed a moment after its start.
  workspace.emulator().advance_clock("11m");
  workspace.configure(workspace.provider_block("  max_concurrent_copies = 2\n"),
                      resource_block(copy, "timeouts = { create = \"5s\" }"));
  const auto second = workspace.run({"apply", "-auto-approve", "-state=second.tfstate"});
  CAPTURE(second.text);
  CHECK(second.exit_code == 1);
  CHECK(second.says("Copy Not Started"));
  CHECK(second.says("waited for its turn"));
  CHECK(workspace.emulator().calls(copy.cloud, copy.copy_call) == 2);
  workspace.emulator().advance_clock("2h");
  CHECK(Workspace::finish(*first).exit_code == 0);
}
