#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/acceptance/copies.h"
#include "tests/acceptance/workspace.h"
#include "tests/support/catch.h"

using acceptance::Workspace;
using nlohmann::json;

namespace fs = std::filesystem;

TEST_CASE("the example of a provider built on plugin/ and schema/ is complete and short") {
  const fs::path example = fs::path(IMAGE_SOURCE_DIR) / "examples/sdk";
  std::ifstream source(example / "main.cc");
  int lines = 0;
  for (std::string line; std::getline(source, line);) ++lines;
  CHECK(lines < 150);

  Workspace workspace(acceptance::sample_seed("1s"));
  const std::string root = workspace.folder().path();
  const std::string notes = workspace.folder().make_folder("notes");
  const std::string note = notes + "/milk.txt";
  workspace.install_provider("example/note", IMAGE_NOTE_PROVIDER);
  fs::copy(example / "demo/main.tf", root + "/main.tf");
  workspace.set_environment("TF_VAR_directory", notes);
  workspace.must({"init"});
  workspace.must({"apply", "-auto-approve"});
  CHECK(harness::read_file(note) == "Buy milk.");
  CHECK(workspace.attributes("note_file.milk").at("id") == note);
  CHECK(workspace.run({"plan", "-detailed-exitcode"}).exit_code == 0);

  // Drift is repaired, and a removed file is made again.
  std::ofstream(note) << "Sell milk.";
  CHECK(workspace.planned_actions("note_file.milk") == json({"update"}));
  fs::remove(note);
  CHECK(workspace.planned_actions("note_file.milk") == json({"create"}));
  workspace.must({"apply", "-auto-approve"});

  workspace.must({"state", "rm", "note_file.milk"});
  workspace.must({"import", "note_file.milk", "milk.txt"});
  CHECK(workspace.run({"plan", "-detailed-exitcode"}).exit_code == 0);
  workspace.must({"apply", "-auto-approve", "-var=text=Drink milk."});
  CHECK(harness::read_file(note) == "Drink milk.");
  workspace.must({"destroy", "-auto-approve"});
  CHECK_FALSE(fs::exists(note));
}

TEST_CASE("the example of a provider explains its errors, and touches nothing outside its directory") {
  const fs::path example = fs::path(IMAGE_SOURCE_DIR) / "examples/sdk";
  Workspace workspace(acceptance::sample_seed("1s"));
  const std::string root = workspace.folder().path();
  const std::string notes = workspace.folder().make_folder("notes");
  workspace.install_provider("example/note", IMAGE_NOTE_PROVIDER);
  fs::copy(example / "demo/main.tf", root + "/main.tf");
  workspace.set_environment("TF_VAR_directory", notes);
  workspace.must({"init"});
  CHECK(workspace.run({"import", "note_file.milk", "../main.tf"}).says("Invalid Note Name"));
  CHECK(workspace.run({"import", "note_file.milk", "bread.txt"}).says("There is no note \"bread.txt\""));
  std::ofstream(notes + "/milk.txt") << "Precious.";
  CHECK(workspace.run({"apply", "-auto-approve"}).says("Note Exists"));
  CHECK(harness::read_file(notes + "/milk.txt") == "Precious.");
  CHECK(workspace.run({"apply", "-auto-approve", "-var=directory=" + root + "/none"})
            .says("cannot be written"));
}
