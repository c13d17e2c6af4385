#include <unistd.h>

#include <csignal>
#include <nlohmann/json.hpp>

#include "src/core/text.h"
#include "tests/acceptance/copies.h"
#include "tests/acceptance/workspace.h"
#include "tests/support/catch.h"

using acceptance::Workspace;
using nlohmann::json;

namespace {

/// The value of TF_REATTACH_PROVIDERS that `--debug` prints.
std::string reattach_text(const harness::Subprocess& provider) {
  const std::string begin = "TF_REATTACH_PROVIDERS='";
  const bool is_there = provider.output().wait_until(
      [&](std::string_view text) { return text.find("}'\n") != std::string::npos; });
  INFO(provider.output().text() << provider.errors().text());
  REQUIRE(is_there);
  const std::string text = provider.output().text();
  const std::size_t start = text.find(begin);
  REQUIRE(start != std::string::npos);
  return text.substr(start + begin.size(), text.find("}'\n") + 1 - start - begin.size());
}

}  // namespace

TEST_CASE("a provider started for debugging serves one terraform after another until it is stopped") {
  const std::string flag = GENERATE("--debug", "-debug");
  Workspace workspace(acceptance::sample_seed("1h"));
  const acceptance::SampleCopy& copy = acceptance::sample_copies().front();
  workspace.configure(resource_block(copy));
  const auto provider = workspace.start_provider({flag});
  const std::string reattach = reattach_text(*provider);
  const json parsed = json::parse(reattach);
  const json& entry = parsed.at("imagecopy/image");
  CHECK(entry.at("Pid") == provider->pid());
  const std::string socket = entry.at("Addr").at("String");
  workspace.set_environment("TF_REATTACH_PROVIDERS", reattach);

  // Terraform does not start the provider of the mirror, because `init` has not run.
  const auto apply = workspace.start({"apply", "-auto-approve"});
  workspace.emulator().wait_for_calls(copy.cloud, copy.copy_call, 1);
  apply->send(SIGINT);
  Workspace::finish(*apply);
  // The interrupt of one terraform does not affect the next one.
  workspace.emulator().advance_clock("2h");
  workspace.must({"apply", "-auto-approve"});
  CHECK(workspace.attributes("image_copy.it").at("status") == "available");
  CHECK(workspace.emulator().calls(copy.cloud, copy.copy_call) == 1);
  workspace.must({"destroy", "-auto-approve"});
  CHECK_FALSE(provider->has_ended());

  provider->send(GENERATE(SIGINT, SIGTERM));
  CHECK(provider->wait() == harness::exited(0));
  CHECK(::access(socket.c_str(), F_OK) != 0);
}

TEST_CASE("a provider started for debugging warns when several provider blocks use it") {
  Workspace workspace(acceptance::sample_seed("1h"));
  workspace.configure(
      workspace.provider_block() +
          core::replace_all(workspace.provider_block("  alias = \"other\"\n"), "cn-hangzhou", "cn-shanghai"),
      R"(
data "image_list" "here" {
  cloud = "alicloud"
}
data "image_list" "there" {
  provider = image.other
  cloud    = "alicloud"
}
)");
  const auto provider = workspace.start_provider({"--debug"});
  workspace.set_environment("TF_REATTACH_PROVIDERS", reattach_text(*provider));
  CHECK(workspace.run({"plan"}).says("Provider Configuration Replaced"));
}
