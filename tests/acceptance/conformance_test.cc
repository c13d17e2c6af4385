#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>

#include "src/core/text.h"
#include "tests/acceptance/copies.h"
#include "tests/acceptance/workspace.h"
#include "tests/support/catch.h"

// The items of the conformance checklist (PROTOCOL.md 12) that need the real Terraform, by their numbers, on
// one cloud.

using acceptance::Workspace;
using nlohmann::json;

namespace {

constexpr const char* kAddress = "image_copy.it";

using Arguments = std::map<std::string, std::string>;

const Arguments kDefault = {{"cloud", "\"alicloud\""},
                            {"source_image_id", "\"m-bp1example000000001\""},
                            {"source_region", "\"cn-hangzhou\""},
                            {"destination_region", "\"cn-shanghai\""},
                            {"name", "\"golden-copy\""}};

std::string resource(Arguments arguments, const std::string& name = "it", const std::string& more = "") {
  arguments.insert(kDefault.begin(), kDefault.end());
  std::string block = R"(resource "image_copy" ")" + name + "\" {\n";
  for (const auto& [argument, value] : arguments) block += "  " + argument + " = " + value + "\n";
  return block + more + "}\n";
}

json seed_with_extras() {
  json seed = acceptance::sample_seed("1s");
  seed["images"].push_back(
      {{"cloud", "alicloud"}, {"region", "cn-hangzhou"}, {"id", "m-bp1second0000000001"}});
  seed["images"].push_back(
      {{"cloud", "alicloud"}, {"region", "cn-beijing"}, {"id", "m-bp1example000000001"}});
  for (const char* region : {"cn-shanghai", "cn-beijing"}) {
    for (const char* id : {"key-1", "key-2"}) {
      seed["kms_keys"].push_back({{"cloud", "alicloud"}, {"region", region}, {"id", id}});
    }
  }
  seed["resource_groups"] = {"rg-1", "rg-2"};
  seed["switches"]["alicloud_running_copies"] = 50;
  return seed;
}

/// A workspace whose configuration has been applied once.
struct AppliedWorkspace : Workspace {
  explicit AppliedWorkspace(const Arguments& arguments = {}) : Workspace(seed_with_extras()) {
    configure(resource(arguments));
    must({"init"});
    must({"apply", "-auto-approve"});
  }

  bool plans_no_changes() { return run({"plan", "-detailed-exitcode"}).exit_code == 0; }

  std::string image_id() { return attributes(kAddress).at("image_id"); }

  json copies() { return emulator().images("alicloud", "cn-shanghai"); }
};

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

TEST_CASE("12.47 validate needs no network and no credentials") {
  Workspace workspace(seed_with_extras());
  workspace.configure("", resource({}));
  workspace.must({"init"});
  workspace.emulator().kill();
  workspace.must({"validate"});
}

TEST_CASE("12.48 after a create, a plan has no changes") {
  AppliedWorkspace workspace;
  CHECK(workspace.plans_no_changes());
}

TEST_CASE("12.49 a change of each argument is an update or a replacement, and then a plan has no changes") {
  const json update = {"update"};
  const json replacement = {"delete", "create"};
  const Arguments encrypted = {{"encrypted", "true"}, {"kms_key_id", "\"key-1\""}};
  struct Change {
    Arguments before;
    Arguments after;
    json actions;
  };
  const auto change = GENERATE_COPY(values<Change>({
      {{}, {{"source_image_id", "\"m-bp1second0000000001\""}}, replacement},
      {{}, {{"source_region", "\"cn-beijing\""}}, replacement},
      {{}, {{"destination_region", "\"cn-beijing\""}}, replacement},
      {{}, {{"name", "\"other\""}}, update},
      {{}, {{"description", "\"described\""}}, update},
      {{{"description", "\"described\""}}, {{"description", "\"otherwise\""}}, update},
      {{{"description", "\"described\""}}, {}, replacement},
      {{}, {{"encrypted", "true"}}, replacement},
      {encrypted, {{"encrypted", "true"}, {"kms_key_id", "\"key-2\""}}, replacement},
      {encrypted, {}, replacement},
      {{}, {{"resource_group_id", "\"rg-1\""}}, replacement},
      {{{"resource_group_id", "\"rg-1\""}}, {{"resource_group_id", "\"rg-2\""}}, replacement},
      {{}, {{"wait_until", "\"submitted\""}}, update},
      {{}, {{"timeouts", "{ create = \"1h\" }"}}, update},
      {{},
       {{"cloud", "\"baiducloud\""},
        {"source_image_id", "\"m-nky7qeom\""},
        {"source_region", "\"bj\""},
        {"destination_region", "\"gz\""}},
       replacement},
  }));
  AppliedWorkspace workspace(change.before);
  const std::string config = resource(change.after);
  CAPTURE(config);
  workspace.configure(config);
  CHECK(workspace.planned_actions(kAddress) == change.actions);
  workspace.must({"apply", "-auto-approve"});
  CHECK(workspace.plans_no_changes());
}

TEST_CASE("12.50 arguments that are not known while planning can be planned and applied") {
  Workspace workspace(seed_with_extras());
  std::string config;
  Arguments arguments;
  for (const auto& [name, value] : Arguments{{"source_image_id", "\"m-bp1example000000001\""},
                                             {"source_region", "\"cn-hangzhou\""},
                                             {"destination_region", "\"cn-shanghai\""},
                                             {"name", "\"golden-copy\""},
                                             {"description", "\"described\""},
                                             {"encrypted", "true"},
                                             {"kms_key_id", "\"key-1\""},
                                             {"resource_group_id", "\"rg-1\""},
                                             {"wait_until", "\"available\""},
                                             {"timeouts", "{ create = \"1h\" }"}}) {
    config += R"(resource "terraform_data" ")" + name + "\" {\n  input = " + value + "\n}\n";
    arguments[name] = "terraform_data." + name + ".output";
  }
  workspace.configure(config + resource(arguments));
  workspace.must({"init"});
  workspace.must({"apply", "-auto-approve"});
  CHECK(workspace.attributes(kAddress).at("description") == "described");
  CHECK(workspace.run({"plan", "-detailed-exitcode"}).exit_code == 0);
}

TEST_CASE("12.51 a provider configuration that is not known while planning can be planned and applied with") {
  Workspace workspace(seed_with_extras());
  const std::string secret = std::string("\"") + acceptance::kSecretKey + "\"";
  workspace.configure(
      core::replace_all(workspace.provider_block(), secret, "terraform_data.secret.output"),
      "resource \"terraform_data\" \"secret\" {\n  input = " + secret + "\n}\n" + resource({}));
  workspace.must({"init"});
  workspace.must({"plan"});
  workspace.must({"apply", "-auto-approve"});
  CHECK(workspace.attributes(kAddress).at("status") == "available");
}

TEST_CASE("12.52 an empty description is the same as none") {
  AppliedWorkspace workspace;
  workspace.configure(resource({{"description", "\"\""}}));
  workspace.must({"apply", "-auto-approve"});
  CHECK(workspace.emulator().calls("alicloud", "ModifyImageAttribute") == 0);
  CHECK(workspace.plans_no_changes());
}

TEST_CASE("12.54 a change made outside of Terraform is shown and repaired") {
  AppliedWorkspace workspace;
  workspace.emulator().change_image({{"cloud", "alicloud"},
                                     {"region", "cn-shanghai"},
                                     {"id", workspace.image_id()},
                                     {"name", "changed-by-others"}});
  CHECK(workspace.planned_actions(kAddress) == json({"update"}));
  workspace.must({"apply", "-auto-approve"});
  CHECK(workspace.copies().at(0).at("name") == "golden-copy");
  CHECK(workspace.plans_no_changes());
}

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

TEST_CASE("12.62 private data survives a refresh: a copy that is not listed yet stays in the state") {
  Workspace workspace(seed_with_extras());
  workspace.emulator().set_switch("hidden_reads", 3);
  workspace.configure(resource({{"wait_until", "\"submitted\""}}));
  workspace.must({"init"});
  workspace.must({"apply", "-auto-approve"});
  for (int i = 0; i < 2; ++i) {
    workspace.must({"refresh"});
    CHECK_FALSE(workspace.attributes(kAddress).is_null());
  }
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

TEST_CASE("12.66 fifty copies, at the usual parallelism and at fifty") {
  const std::string parallelism = GENERATE("10", "50");
  Workspace workspace(seed_with_extras());
  workspace.configure(resource({{"count", "50"}, {"name", "\"golden-copy-${count.index}\""}}));
  workspace.must({"init"});
  workspace.must({"apply", "-auto-approve", "-parallelism=" + parallelism});
  CHECK(workspace.emulator().images("alicloud", "cn-shanghai").size() == 50);
  CHECK(workspace.emulator().calls("alicloud", "CopyImage") == 50);
  CHECK(workspace.run({"plan", "-detailed-exitcode"}).exit_code == 0);
  workspace.must({"destroy", "-auto-approve", "-parallelism=" + parallelism});
  CHECK(workspace.emulator().images("alicloud", "cn-shanghai").empty());
}

TEST_CASE("12.67 saved plans, -refresh=false, -replace, taint and create_before_destroy work") {
  AppliedWorkspace workspace;
  const std::string first = workspace.image_id();
  workspace.configure(resource({{"name", "\"renamed\""}}));
  workspace.must({"plan", "-out=saved"});
  workspace.must({"apply", "saved"});
  CHECK(workspace.image_id() == first);
  CHECK(workspace.run({"plan", "-refresh=false", "-detailed-exitcode"}).exit_code == 0);

  workspace.must({"apply", "-auto-approve", "-replace=image_copy.it"});
  const std::string second = workspace.image_id();
  CHECK(second != first);
  workspace.must({"taint", kAddress});
  workspace.must({"apply", "-auto-approve"});
  const std::string third = workspace.image_id();
  CHECK(third != second);

  workspace.configure(resource({{"name", "\"next\""}, {"source_image_id", "\"m-bp1second0000000001\""}}, "it",
                               "  lifecycle {\n    create_before_destroy = true\n  }\n"));
  CHECK(workspace.planned_actions(kAddress) == json({"create", "delete"}));
  workspace.must({"apply", "-auto-approve"});
  REQUIRE(workspace.copies().size() == 1);
  CHECK(workspace.copies().at(0).at("name") == "next");
}

TEST_CASE("12.68 a state with surplus and missing attributes is read") {
  AppliedWorkspace workspace;
  const std::string path = workspace.folder().path() + "/terraform.tfstate";
  json state = json::parse(harness::read_file(path));
  json& attributes = state["resources"][0]["instances"][0]["attributes"];
  attributes.erase("status_reason");
  attributes["from_another_time"] = "surplus";
  std::ofstream(path) << state.dump();
  CHECK(workspace.plans_no_changes());
}

TEST_CASE("12.69 a state of a newer schema is refused, and left unchanged") {
  AppliedWorkspace workspace;
  const std::string path = workspace.folder().path() + "/terraform.tfstate";
  json state = json::parse(harness::read_file(path));
  state["resources"][0]["instances"][0]["schema_version"] = 99;
  std::ofstream(path) << state.dump();
  const auto plan = workspace.run({"plan"});
  CHECK(plan.exit_code == 1);
  CHECK(json::parse(harness::read_file(path)) == state);
}

TEST_CASE("12.70 an import block generates a configuration without changes") {
  AppliedWorkspace workspace;
  const std::string id = workspace.attributes(kAddress).at("id");
  workspace.must({"state", "rm", kAddress});
  workspace.configure("import {\n  to = image_copy.imported\n  id = \"" + id + "\"\n}\n");
  workspace.must({"plan", "-generate-config-out=generated.tf"});
  CAPTURE(harness::read_file(workspace.folder().path() + "/generated.tf"));
  workspace.must({"apply", "-auto-approve"});
  CHECK(workspace.plans_no_changes());
  CHECK(workspace.emulator().calls("alicloud", "CopyImage") == 1);
}

TEST_CASE("12.72 a move from another resource type is refused, and nothing is lost") {
  Workspace workspace(seed_with_extras());
  workspace.configure("resource \"terraform_data\" \"old\" {\n  input = \"kept\"\n}\n");
  workspace.must({"init"});
  workspace.must({"apply", "-auto-approve"});
  workspace.configure("moved {\n  from = terraform_data.old\n  to = image_copy.it\n}\n" + resource({}));
  const auto plan = workspace.run({"plan"});
  CHECK(plan.exit_code == 1);
  CHECK_FALSE(workspace.attributes("terraform_data.old").is_null());
}
