#include <filesystem>
#include <fstream>
#include <sstream>

#include "src/core/text.h"
#include "tests/acceptance/copies.h"
#include "tests/acceptance/workspace.h"
#include "tests/support/catch.h"

using acceptance::Outcome;
using acceptance::Workspace;

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = IMAGE_SOURCE_DIR;

/// The blocks of HCL in a page of Markdown, without their common indentation.
std::vector<std::string> blocks_of(const fs::path& page) {
  std::vector<std::string> blocks;
  std::ifstream stream(page);
  bool is_inside = false;
  std::size_t indentation = 0;
  for (std::string line; std::getline(stream, line);) {
    const std::string_view text = core::trim(line);
    if (!is_inside && (text == "```hcl" || text == "```terraform")) {
      is_inside = true;
      indentation = line.find('`');
      blocks.emplace_back();
    } else if (is_inside && text == "```") {
      is_inside = false;
    } else if (is_inside) {
      blocks.back() += line.substr(std::min(indentation, line.size())) + "\n";
    }
  }
  REQUIRE_FALSE(is_inside);
  return blocks;
}

std::vector<fs::path> files_below(const fs::path& folder, const std::string& extension) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == extension) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

/// Checks that `terraform validate` accepts the block. Declares the provider if the block does not.
void check_valid(Workspace& workspace, const std::string& block) {
  const bool is_whole = block.find("required_providers") != std::string::npos;
  workspace.folder().write_file(
      "main.tf",
      (is_whole
           ? ""
           : "terraform {\n  required_providers {\n    image = { source = \"imagecopy/image\" }\n  }\n}\n") +
          block);
  const Outcome outcome = workspace.run({"validate"});
  CAPTURE(block, outcome.text);
  CHECK(outcome.exit_code == 0);
}

}  // namespace

TEST_CASE("every block of HCL in the documentation is valid") {
  Workspace workspace(acceptance::sample_seed("1s"));
  workspace.configure("");
  workspace.must({"init"});
  std::vector<fs::path> pages = files_below(kRoot / "docs", ".md");
  for (const char* page : {"README.md", "CONTRIBUTING.md", "ARCHITECTURE.md"}) {
    REQUIRE(fs::exists(kRoot / page));
    pages.push_back(kRoot / page);
  }
  int count = 0;
  for (const fs::path& page : pages) {
    CAPTURE(page.string());
    for (const std::string& block : blocks_of(page)) {
      check_valid(workspace, block);
      ++count;
    }
  }
  CHECK(count >= 20);
}

TEST_CASE("the examples that the documentation shows are valid, each by itself") {
  Workspace workspace(acceptance::sample_seed("1s"));
  workspace.configure("");
  workspace.must({"init"});
  for (const char* folder : {"provider", "resources", "data-sources", "functions"}) {
    for (const fs::path& file : files_below(kRoot / "examples" / folder, ".tf")) {
      CAPTURE(file.string());
      check_valid(workspace, harness::read_file(file));
    }
  }
}
