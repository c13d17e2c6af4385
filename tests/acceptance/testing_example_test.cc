#include <filesystem>
#include <nlohmann/json.hpp>

#include "src/core/text.h"
#include "tests/acceptance/workspace.h"
#include "tests/support/catch.h"

using acceptance::Outcome;
using acceptance::Workspace;

namespace fs = std::filesystem;

TEST_CASE("a module can be tested offline, with failures and a canceled copy, as examples/testing shows") {
  const fs::path example = fs::path(IMAGE_SOURCE_DIR) / "examples/testing";
  Workspace workspace(nlohmann::json::parse(harness::read_file(example / "seed.json")));
  for (const char* part : {"main.tf", "tests"}) {
    fs::copy(example / part, fs::path(workspace.folder().path()) / part, fs::copy_options::recursive);
  }
  const std::string tests = "tests/copies.tftest.hcl";
  const std::string text = harness::read_file(workspace.folder().path() + "/" + tests);
  const std::string usual = "http://127.0.0.1:8600";
  REQUIRE(text.find("\"" + usual + "\"") != std::string::npos);
  workspace.folder().write_file(tests, core::replace_all(text, usual, workspace.emulator().url()));
  workspace.must({"init"});
  const Outcome outcome = workspace.run({"test"});
  CAPTURE(outcome.text);
  CHECK(outcome.exit_code == 0);
  CHECK(outcome.says("8 passed, 0 failed"));
  // Terraform has destroyed everything that its tests have created.
  CHECK(workspace.emulator().calls("alicloud", "CancelCopyImage") == 1);
  for (const char* region : {"cn-shanghai", "cn-beijing", "cn-shenzhen"}) {
    CHECK(workspace.emulator().images("alicloud", region).empty());
  }
}
