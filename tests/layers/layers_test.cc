#include <filesystem>
#include <fstream>
#include <iterator>
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

/// A library or program of a CMakeLists.txt.
struct Target {
  std::set<std::string> layers;  ///< of its source files; one, unless something is wrong
  std::set<std::string> links;

  bool operator==(const Target&) const = default;
};
using Targets = std::map<std::string, Target>;

/// The words in the parentheses of each call of these functions, without keywords of visibility.
std::vector<std::vector<std::string>> calls_in(const std::string& cmake, const std::string& functions) {
  static const std::regex kComment("#[^\n]*");
  static const std::regex kWord(R"([^\s()]+)");
  static const std::set<std::string> kKeywords = {"PUBLIC", "PRIVATE", "INTERFACE", "STATIC"};
  const std::string code = std::regex_replace(cmake, kComment, "");
  const std::regex call("\\b(?:" + functions + R"()\s*\(([^)]*)\))");
  std::vector<std::vector<std::string>> calls;
  for (std::sregex_iterator match(code.begin(), code.end(), call), end; match != end; ++match) {
    const std::string arguments = match->str(1);
    std::vector<std::string>& words = calls.emplace_back();
    for (std::sregex_iterator word(arguments.begin(), arguments.end(), kWord); word != end; ++word) {
      if (!kKeywords.contains(word->str())) words.push_back(word->str());
    }
  }
  return calls;
}

/// `tf::NAME` is an alias of `tf_NAME`.
std::string without_alias(std::string name) {
  return name.starts_with("tf::") ? "tf_" + name.substr(4) : name;
}

/// The targets of the CMakeLists.txt in that folder, in addition to those that are known. Generated sources
/// belong to the folder's layer.
void add_targets(const std::string& folder, const std::string& cmake, Targets& targets) {
  for (const std::vector<std::string>& call : calls_in(cmake, "image_library|add_library|add_executable")) {
    Target& target = targets[call.at(0)];
    bool is_source = true;
    for (std::size_t i = 1; i < call.size(); ++i) {
      const std::string& word = call[i];
      if (word == "SOURCES" || word == "LINK") {
        is_source = word == "SOURCES";
      } else if (is_source) {
        const std::string file = word.starts_with("${") ? "generated" : word;
        target.layers.insert(layer_of(folder + "/" + file).value_or("none: " + word));
      } else {
        target.links.insert(without_alias(word));
      }
    }
  }
  for (const std::vector<std::string>& call : calls_in(cmake, "target_link_libraries")) {
    for (std::size_t i = 1; i < call.size(); ++i) targets[call[0]].links.insert(without_alias(call[i]));
  }
}

/// Whether the project has such a layer. Other libraries are those of the distribution.
bool has_layer(const std::string& library) {
  static const std::set<std::string> kWithoutLayer = {"image_warnings", "image_curl"};
  const bool is_own = library.starts_with("image_") || library.starts_with("tf_");
  return is_own && !kWithoutLayer.contains(library);
}

/// What is wrong with the links, as sentences.
std::vector<std::string> faults_of(const Targets& targets) {
  std::vector<std::string> faults;
  for (const auto& [name, target] : targets) {
    if (target.layers.size() != 1) {
      faults.push_back(name + " has the sources of several layers, or of none");
      continue;
    }
    const std::string& layer = *target.layers.begin();
    for (const std::string& link : target.links) {
      if (!has_layer(link)) continue;
      if (!targets.contains(link)) {
        faults.push_back(name + " links " + link + ", which belongs to no layer");
        continue;
      }
      for (const std::string& other : targets.at(link).layers) {
        if (other != layer && !kAllowed.at(layer).contains(other)) {
          faults.push_back(name + " of " + layer + " links " + link + " of " + other);
        }
      }
    }
  }
  return faults;
}

Targets targets_of_tree() {
  Targets targets;
  for (const char* folder : {"src", "schema", "plugin"}) {
    std::ifstream stream(kRoot / folder / "CMakeLists.txt");
    add_targets(folder, {std::istreambuf_iterator<char>(stream), {}}, targets);
  }
  return targets;
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

TEST_CASE("a target links only targets of its own layer and of the layers below it") {
  const Targets targets = targets_of_tree();
  CHECK(faults_of(targets) == std::vector<std::string>());
  std::set<std::string> layers;
  for (const auto& [name, target] : targets) layers.insert(target.layers.begin(), target.layers.end());
  CHECK(layers == std::set<std::string>(kLayers.begin(), kLayers.end()));
}

TEST_CASE("the targets of a CMakeLists.txt are read with their layers and links") {
  Targets targets;
  add_targets("src",
              "image_library(tf_core # (a comment)\n  SOURCES\n    core/a.cc\n    core/b.cc\n  LINK "
              "Threads::Threads)\n"
              "add_executable(image-docs docs/main.cc)\n"
              "target_link_libraries(image-docs PRIVATE tf::core image_warnings)\n",
              targets);
  CHECK(targets == Targets{{"tf_core", {.layers = {"src/core"}, .links = {"Threads::Threads"}}},
                           {"image-docs", {.layers = {"src/docs"}, .links = {"tf_core", "image_warnings"}}}});
  CHECK(faults_of(targets).empty());
}

TEST_CASE("a target that links a layer above it, or no layer, is a fault") {
  const auto faults = [](const std::string& folder, const std::string& cmake) {
    Targets targets = {{"tf_core", {.layers = {"src/core"}, .links = {}}},
                       {"image_copy", {.layers = {"src/copy"}, .links = {}}},
                       {"tf_plugin", {.layers = {"plugin"}, .links = {}}}};
    add_targets(folder, cmake, targets);
    return faults_of(targets);
  };
  using Faults = std::vector<std::string>;
  CHECK(faults("src", "image_library(image_x SOURCES provider/x.cc LINK image_copy tf::core)").empty());
  CHECK(faults("src", "image_library(image_x SOURCES http/x.cc LINK image_copy)") ==
        Faults{"image_x of src/http links image_copy of src/copy"});
  CHECK(faults("schema", "image_library(tf_schema SOURCES x.cc LINK tf::core image_copy)") ==
        Faults{"tf_schema of schema links image_copy of src/copy"});
  CHECK(faults("src", "target_link_libraries(tf_core PUBLIC tf::plugin)") ==
        Faults{"tf_core of src/core links tf_plugin of plugin"});
  CHECK(faults("src", "image_library(image_x SOURCES copy/x.cc LINK image_emulator)") ==
        Faults{"image_x links image_emulator, which belongs to no layer"});
  CHECK(faults("src", "image_library(image_x SOURCES copy/x.cc cloud/y.cc)") ==
        Faults{"image_x has the sources of several layers, or of none"});
}
