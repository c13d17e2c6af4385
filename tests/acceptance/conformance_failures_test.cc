#include <csignal>
#include <filesystem>
#include <optional>
#include <sstream>

#include "tests/acceptance/conformance.h"
#include "tests/support/catch.h"

// What happens when something fails or is killed, of the conformance checklist.

using acceptance::AppliedWorkspace;
using acceptance::kAddress;
using acceptance::resource;
using acceptance::seed_with_extras;
using acceptance::Workspace;
using nlohmann::json;

namespace {

/// The provider process of a running Terraform; nullopt if there is none now.
std::optional<pid_t> provider_of(pid_t terraform) {
  // Any of Terraform's threads may have started it.
  for (const auto& thread :
       std::filesystem::directory_iterator("/proc/" + std::to_string(terraform) + "/task")) {
    std::istringstream children(harness::read_file(thread.path() / "children"));
    for (pid_t child = 0; children >> child;) {
      const std::string program = harness::read_file("/proc/" + std::to_string(child) + "/cmdline");
      if (program.find("terraform-provider-image") != std::string::npos) return child;
    }
  }
  return std::nullopt;
}

/// Runs terraform until the action was called `count` times after the first copy was started, kills the
/// provider, and waits until terraform ends.
acceptance::Outcome run_and_kill_provider(Workspace& workspace, std::vector<std::string> arguments,
                                          const std::string& action, int count) {
  const auto process = workspace.start(std::move(arguments));
  workspace.emulator().wait_for_calls_after("alicloud", "CopyImage", action, count);
  const auto provider = provider_of(process->pid());
  REQUIRE(provider);
  REQUIRE(::kill(*provider, SIGKILL) == 0);
  return Workspace::finish(*process);
}

/// A seed whose copies take long by the emulator's clock.
json slow_seed() {
  json seed = seed_with_extras();
  for (json& image : seed["images"]) image["copy_duration"] = "100m";
  return seed;
}

}  // namespace

TEST_CASE("12.55 a cloud that is down during a refresh is an error, and the state stays") {
  AppliedWorkspace workspace;
  const json before = workspace.attributes(kAddress);
  workspace.configure(workspace.provider_block("  max_retries = 0\n"), resource({}));
  workspace.emulator().add_fault({{"cloud", "alicloud"},
                                  {"action", "DescribeImages"},
                                  {"effect", "status"},
                                  {"status", 503},
                                  {"times", 100}});
  const auto refresh = workspace.run({"refresh"});
  CHECK(refresh.exit_code == 1);
  CHECK(refresh.says("Image Not Read"));
  CHECK(workspace.attributes(kAddress) == before);
}

TEST_CASE("12.56 a copy that fails is in the state, tainted, and the next apply replaces it") {
  json seed = seed_with_extras();
  seed["images"].push_back({{"cloud", "alicloud"},
                            {"region", "cn-hangzhou"},
                            {"id", "m-fails"},
                            {"copy_duration", "1s"},
                            {"outcome", "fail"}});
  Workspace workspace(seed);
  workspace.configure(resource({{"source_image_id", "\"m-fails\""}}));
  workspace.must({"init"});
  const auto failed = workspace.run({"apply", "-auto-approve"});
  CHECK(failed.exit_code == 1);
  CHECK(failed.says("Copy Failed"));
  REQUIRE_FALSE(workspace.attributes(kAddress).is_null());
  CHECK(workspace.is_tainted(kAddress));
  const std::string id = workspace.attributes(kAddress).at("image_id");
  workspace.configure(resource({}));
  workspace.must({"apply", "-auto-approve"});
  CHECK(workspace.attributes(kAddress).at("image_id") != id);
  CHECK(workspace.emulator().images("alicloud", "cn-shanghai").size() == 1);
}

TEST_CASE("12.58 a failed update leaves a state that matches the cloud") {
  AppliedWorkspace workspace;
  workspace.emulator().add_fault({{"cloud", "alicloud"},
                                  {"action", "ModifyImageAttribute"},
                                  {"effect", "status"},
                                  {"status", 403},
                                  {"code", "Forbidden.RAM"},
                                  {"times", 1}});
  workspace.configure(resource({{"name", "\"other\""}}));
  const auto update = workspace.run({"apply", "-auto-approve"});
  CHECK(update.exit_code == 1);
  CHECK(update.says("Image Not Changed"));
  CHECK(workspace.attributes(kAddress).at("name") == "golden-copy");
  workspace.must({"apply", "-auto-approve"});
  CHECK(workspace.attributes(kAddress).at("name") == "other");
}

TEST_CASE("12.59 a destroy that fails keeps the object in the state") {
  AppliedWorkspace workspace;
  workspace.emulator().add_fault({{"cloud", "alicloud"},
                                  {"action", "DeleteImage"},
                                  {"effect", "status"},
                                  {"status", 403},
                                  {"code", "ImageUsingByInstance"},
                                  {"times", 1}});
  const auto destroy = workspace.run({"destroy", "-auto-approve"});
  CHECK(destroy.exit_code == 1);
  CHECK(destroy.says("ImageUsingByInstance"));
  CHECK_FALSE(workspace.attributes(kAddress).is_null());
  workspace.must({"destroy", "-auto-approve"});
  CHECK(workspace.copies().empty());
}

TEST_CASE("12.60 destroying an image that was already deleted succeeds") {
  AppliedWorkspace workspace;
  workspace.emulator().forget_image("alicloud", "cn-shanghai", workspace.image_id());
  workspace.must({"destroy", "-auto-approve", "-refresh=false"});
  CHECK(workspace.attributes(kAddress).is_null());
}

TEST_CASE("12.64 after a second Ctrl-C there is one copy, which the next apply resumes") {
  Workspace workspace(slow_seed());
  workspace.configure(resource({}));
  workspace.must({"init"});
  const auto apply = workspace.start({"apply", "-auto-approve"});
  workspace.emulator().wait_for_calls_after("alicloud", "CopyImage", "DescribeImages", 1);
  REQUIRE(::kill(-apply->pid(), SIGINT) == 0);
  REQUIRE(::kill(-apply->pid(), SIGINT) == 0);
  CHECK(Workspace::finish(*apply).exit_code != 0);
  workspace.emulator().advance_clock("2h");
  const auto again = workspace.run({"apply", "-auto-approve"});
  CAPTURE(again.text);
  CHECK(again.exit_code == 0);
  CHECK(workspace.emulator().images("alicloud", "cn-shanghai").size() == 1);
}

TEST_CASE("12.65 a provider killed in a create leaves one copy, which the next apply adopts") {
  Workspace workspace(slow_seed());
  workspace.configure(resource({}));
  workspace.must({"init"});
  CHECK(run_and_kill_provider(workspace, {"apply", "-auto-approve"}, "DescribeImages", 1).exit_code == 1);
  workspace.emulator().advance_clock("2h");
  const auto again = workspace.run({"apply", "-auto-approve"});
  CAPTURE(again.text);
  CHECK(again.exit_code == 0);
  CHECK(again.says("Existing Copy Adopted"));
  CHECK(workspace.emulator().images("alicloud", "cn-shanghai").size() == 1);
  CHECK(workspace.emulator().calls("alicloud", "CopyImage") == 1);
  CHECK(workspace.run({"plan", "-detailed-exitcode"}).exit_code == 0);
}

TEST_CASE(
    "12.65 a provider killed in an update or a destroy leaves the prior state, and the next run continues") {
  Workspace workspace(slow_seed());
  workspace.configure(resource({{"wait_until", "\"submitted\""}}));
  workspace.must({"init"});
  workspace.must({"apply", "-auto-approve"});
  const std::string id = workspace.attributes(kAddress).at("image_id");
  workspace.configure(resource({}));
  // The plan's refresh describes the copy once. The second call is the update that waits.
  CHECK(run_and_kill_provider(workspace, {"apply", "-auto-approve"}, "DescribeImages", 2).exit_code == 1);
  CHECK(workspace.attributes(kAddress).at("image_id") == id);
  CHECK_FALSE(workspace.is_tainted(kAddress));
  workspace.emulator().advance_clock("2h");
  workspace.must({"apply", "-auto-approve"});
  CHECK(workspace.attributes(kAddress).at("status") == "available");

  workspace.emulator().set_switch("lingering_reads", 3);
  CHECK(run_and_kill_provider(workspace, {"destroy", "-auto-approve"}, "DeleteImage", 1).exit_code == 1);
  CHECK(workspace.attributes(kAddress).at("image_id") == id);
  workspace.must({"destroy", "-auto-approve"});
  CHECK(workspace.attributes(kAddress).is_null());
  CHECK(workspace.emulator().calls("alicloud", "CopyImage") == 1);
}
