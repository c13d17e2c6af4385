#include <csignal>
#include <nlohmann/json.hpp>

#include "tests/acceptance/copies.h"
#include "tests/acceptance/workspace.h"
#include "tests/support/catch.h"
#include "tests/support/provider_program.h"

using acceptance::Outcome;
using acceptance::SampleCopy;
using acceptance::Workspace;
using nlohmann::json;

namespace {

/// Writes the provider block of the workspace in the form that the program reads.
std::string write_configuration(Workspace& workspace) {
  json config;
  for (const acceptance::CloudObject& object : acceptance::cloud_objects()) {
    config[object.cloud] = {{"region", object.region},
                            {"access_key", acceptance::kAccessKey},
                            {"secret_key", acceptance::kSecretKey}};
    config[object.cloud].update(acceptance::endpoints_at(workspace.emulator().url(), object));
  }
  return workspace.folder().write_file("provider.json", config.dump());
}

/// Writes the output of `terraform show -json` to a file.
std::string write_state(Workspace& workspace) {
  return workspace.folder().write_file("shown.json", workspace.must({"show", "-json"}));
}

Outcome run(Workspace& workspace, std::vector<std::string> arguments) {
  const auto process = workspace.start_provider(std::move(arguments));
  return Workspace::finish(*process);
}

/// Starts a copy that is half done. Returns the files of its state and of the provider configuration.
std::pair<std::string, std::string> start_half_done_copy(Workspace& workspace, const SampleCopy& copy) {
  workspace.configure(resource_block(copy, "wait_until = \"submitted\""));
  workspace.must({"init"});
  workspace.must({"apply", "-auto-approve"});
  workspace.emulator().advance_clock("50m");
  return {write_state(workspace), write_configuration(workspace)};
}

}  // namespace

TEST_CASE("status shows the running copies, and watches them until they end") {
  Workspace workspace(acceptance::sample_seed("100m"));
  const SampleCopy& copy = acceptance::each_copy();
  CAPTURE(copy.title);
  const auto [state, config] = start_half_done_copy(workspace, copy);

  const Outcome once = run(workspace, {"status", state, "--provider-config", config});
  CAPTURE(once.text);
  CHECK(once.exit_code == 0);
  CHECK(once.says("image_copy.it " + copy.destination_region + " copying"));
  // Without a terminal there are no progress bars.
  CHECK(once.text.find('[') == std::string::npos);

  const auto watch =
      workspace.start_provider({"status", state, "--provider-config", config, "--watch", "--interval", "1"});
  REQUIRE(watch->output().wait_until(
      [](std::string_view text) { return text.find('\n') != std::string_view::npos; }));
  workspace.emulator().advance_clock("2h");
  const Outcome watched = Workspace::finish(*watch);
  CAPTURE(watched.text);
  CHECK(watched.exit_code == 0);
  CHECK(watched.says("available"));
}

TEST_CASE("status reports the progress of a copy as JSON, and a copy that is gone by its exit code") {
  Workspace workspace(acceptance::sample_seed("100m"));
  const SampleCopy& copy = acceptance::sample_copy("Alibaba Cloud");
  const auto [state, config] = start_half_done_copy(workspace, copy);
  const Outcome outcome = run(workspace, {"status", state, "--provider-config", config, "--json"});
  CAPTURE(outcome.text);
  REQUIRE(outcome.exit_code == 0);
  const json copies = json::parse(outcome.text);
  REQUIRE(copies.size() == 1);
  CHECK(copies[0].at("address") == "image_copy.it");
  CHECK(copies[0].at("status") == "copying");
  CHECK(copies[0].at("region") == copy.destination_region);
  const int percent = copies[0].at("progress_percent");
  CHECK((percent >= 49 && percent <= 52));

  // A copy that is gone ends the watch, with an exit code of its own.
  for (const json& image : copies_in(workspace, copy)) {
    workspace.emulator().forget_image(copy.cloud, copy.destination_region, image.at("id"));
  }
  const Outcome gone =
      run(workspace, {"status", state, "--provider-config", config, "--json", "--watch", "--interval", "1"});
  CAPTURE(gone.text);
  CHECK(gone.exit_code == 2);
  CHECK(json::parse(gone.text)[0].at("status") == "gone");
}

TEST_CASE("status explains why its input is not a state") {
  Workspace workspace(acceptance::sample_seed("1s"));
  const auto error_of = [&](const std::string& text) {
    const Outcome outcome = run(workspace, {"status", workspace.folder().write_file("given.json", text)});
    CHECK(outcome.exit_code == 1);
    return outcome.text;
  };
  CHECK(error_of("").find("terraform show -json") != std::string::npos);
  CHECK(error_of("[1]").find("does not come from Terraform") != std::string::npos);
  CHECK(error_of(R"({"version":4,"lineage":"x","resources":[]})").find("state file itself") !=
        std::string::npos);
  const Outcome none =
      run(workspace, {"status", workspace.folder().write_file("none.json", R"({"format_version":"1.0"})")});
  CHECK(none.exit_code == 0);
  CHECK(none.says("No copy in this state is running."));
}

TEST_CASE("discover prints import blocks from which terraform generates a configuration without changes") {
  json seed = acceptance::sample_seed("1s");
  for (const char* name : {"golden", "golden", "Web.Server:1."}) {
    seed["images"].push_back({{"cloud", "alicloud"},
                              {"region", "cn-shanghai"},
                              {"id", "m-" + std::to_string(seed["images"].size())},
                              {"name", name},
                              {"tags", {{"team", name[0] == 'g' ? "a" : "b"}}}});
  }
  Workspace workspace(seed);
  const std::string config = write_configuration(workspace);
  std::vector<std::string> command = {"discover",    "--cloud",           "alicloud", "--region",
                                      "cn-shanghai", "--provider-config", config};
  const auto found = workspace.start_provider(command);
  REQUIRE(found->wait() == harness::exited(0));
  const std::string blocks = found->output().text();
  CAPTURE(blocks, found->errors().text());
  CHECK(blocks.find("to = image_copy.golden_alicloud_cn-shanghai\n") != std::string::npos);
  CHECK(blocks.find("to = image_copy.golden_alicloud_cn-shanghai_2\n") != std::string::npos);
  CHECK(blocks.find("to = image_copy.web_server_1_alicloud_cn-shanghai\n") != std::string::npos);
  CHECK(found->errors().text().find("3 images") != std::string::npos);

  workspace.configure(blocks);
  workspace.must({"init"});
  workspace.must({"plan", "-generate-config-out=images.tf"});
  workspace.must({"apply", "-auto-approve"});
  CHECK(workspace.resources().size() == 3);
  CHECK(workspace.run({"plan", "-detailed-exitcode"}).exit_code == 0);

  command.insert(command.end(), {"--tag", "team=b"});
  const Outcome tagged = run(workspace, command);
  CHECK(tagged.text.find("web_server_1") != std::string::npos);
  CHECK(tagged.text.find("golden") == std::string::npos);
}

TEST_CASE("discover explains invalid arguments") {
  Workspace workspace(acceptance::sample_seed("1s"));
  const std::string config = write_configuration(workspace);
  const auto error_of = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"discover", "--provider-config", config});
    const Outcome outcome = run(workspace, std::move(arguments));
    CHECK(outcome.exit_code != 0);
    return outcome.text;
  };
  CHECK(error_of({}).find("--cloud") != std::string::npos);
  CHECK(error_of({"--cloud", "azure"}).find("alicloud") != std::string::npos);
  CHECK(error_of({"--cloud", "alicloud", "--tag", "x"}).find("KEY=VALUE") != std::string::npos);
  CHECK(error_of({"--cloud", "alicloud", "--tag", "a=b", "--tag", "a=c"}).find("must not be given twice") !=
        std::string::npos);
  CHECK(error_of({"--cloud", "baiducloud", "--tag", "a=b"}).find("Baidu AI Cloud") != std::string::npos);
  CHECK(error_of({"--cloud", "alicloud", "--name-regex", "("}).find("--name-regex") != std::string::npos);
}

TEST_CASE("an unknown command or option is called that, and exits with 1") {
  Workspace workspace(acceptance::sample_seed("1s"));
  const Outcome command = run(workspace, {"nosuch"});
  CHECK(command.exit_code == 1);
  CHECK(command.says("Unknown command \"nosuch\""));
  const Outcome option = run(workspace, {"status", "--nosuch"});
  CHECK(option.exit_code == 1);
  CHECK(option.says("Unknown option \"--nosuch\""));
}

TEST_CASE("printing to a closed standard output is an error, and nothing is printed elsewhere") {
  Workspace workspace(acceptance::sample_seed("1s"));
  const std::string command = R"(exec "$0" discover --cloud alicloud --provider-config "$1" >&-)";
  const auto process = workspace.start_program(
      "/bin/sh", {"-c", command, harness::provider_program(), write_configuration(workspace)},
      workspace.folder().path());
  const Outcome outcome = Workspace::finish(*process);
  CAPTURE(outcome.text);
  CHECK(outcome.exit_code == 1);
  CHECK_FALSE(outcome.says("1 image in"));
}
