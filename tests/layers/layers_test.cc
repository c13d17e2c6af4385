#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "tests/support/catch.h"

// The layers are described in ARCHITECTURE.md.

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = IMAGE_SOURCE_DIR;

/// `plugin/main.cc` joins the SDK and the provider, so it stands alone.
const std::vector<std::string> kLayers = {"src/core", "src/http",      "src/cloud", "src/copy",
                                          "schema",   "src/provider",  "src/cli",   "src/docs",
                                          "plugin",   "plugin/main.cc"};

/// `schema/` and `plugin/` are a provider SDK and know nothing of images and clouds; the engine, `src/copy`,
/// knows nothing of Terraform.
const std::map<std::string, std::set<std::string>> kAllowed = {
    {"src/core", {}},
    {"src/http", {"src/core"}},
    {"src/cloud", {"src/core", "src/http"}},
    {"src/copy", {"src/core", "src/http", "src/cloud"}},
    {"schema", {"src/core"}},
    {"src/provider", {"src/core", "schema", "src/http", "src/cloud", "src/copy"}},
    {"src/cli", {"src/core", "schema"}},
    {"src/docs", {"src/core", "schema", "src/provider"}},
    {"plugin", {"src/core", "schema"}},
    {"plugin/main.cc", {"src/core", "schema", "src/http", "src/cloud", "src/provider", "src/cli", "plugin"}},
};

/// The layer of a source file or of an included path. The SDK's public headers are included as `tf/NAME.h`.
std::optional<std::string> layer_of(const std::string& path) {
  if (path == "plugin/main.cc") return path;
  if (path.starts_with("tf/")) {
    for (const char* layer : {"schema", "plugin"}) {
      if (fs::exists(kRoot / layer / "include" / path)) return layer;
    }
    return std::nullopt;
  }
  for (const std::string& layer : kLayers) {
    if (path.starts_with(layer + "/")) return layer;
  }
  return std::nullopt;
}

std::vector<std::string> included(const fs::path& file) {
  static const std::regex kInclude(R"(^\s*#\s*include\s*["<]([^">]+)[">])");
  std::vector<std::string> paths;
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    std::smatch match;
    if (std::regex_search(line, match, kInclude)) paths.push_back(match[1]);
  }
  return paths;
}

std::vector<std::string> source_files() {
  std::vector<std::string> files;
  for (const char* folder : {"plugin", "schema", "src"}) {
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
      const std::string extension = entry.path().extension();
      if (extension == ".h" || extension == ".cc") files.push_back(fs::relative(entry.path(), kRoot));
    }
  }
  return files;
}

}  // namespace

TEST_CASE("every source file belongs to a layer") {
  CHECK(source_files().size() > 50);
  for (const std::string& file : source_files()) {
    CAPTURE(file);
    CHECK(layer_of(file));
  }
}

TEST_CASE("a layer includes only the layers below it, and never the tests") {
  for (const std::string& file : source_files()) {
    const std::string layer = layer_of(file).value_or("");
    for (const std::string& path : included(kRoot / file)) {
      CAPTURE(file, path);
      CHECK_FALSE(path.starts_with("tests/"));
      const auto other = layer_of(path);
      if (path.starts_with("tf/")) REQUIRE(other);
      if (other && *other != layer) CHECK(kAllowed.at(layer).contains(*other));
    }
  }
}

TEST_CASE("gRPC and protobuf are known to the plugin directory only") {
  for (const std::string& file : source_files()) {
    for (const std::string& path : included(kRoot / file)) {
      CAPTURE(file, path);
      const bool wire =
          path.starts_with("grpc") || path.starts_with("google/protobuf") || path.ends_with(".pb.h");
      if (wire) CHECK(file.starts_with("plugin/"));
    }
  }
}
