#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/catch.h"

// Checks the links between the project's Markdown pages.

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = IMAGE_SOURCE_DIR;

std::string read(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// The text without fenced blocks and code spans, whose brackets mean nothing.
std::string without_code(const std::string& markdown) {
  std::string prose;
  std::istringstream lines(markdown);
  bool is_code = false;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t begin = line.find_first_not_of(' ');
    const bool is_fence = begin != std::string::npos && line.compare(begin, 3, "```") == 0;
    if (is_fence) is_code = !is_code;
    if (!is_code && !is_fence) prose += line + "\n";
  }
  return std::regex_replace(prose, std::regex("`[^`\n]*`"), "");
}

/// The targets of all links and images, except for those to another host.
std::vector<std::string> links_of(const std::string& markdown) {
  static const std::regex kLink(R"(\]\(([^()\s]*)\)|^\[[^\]]+\]:\s*(\S+))", std::regex::multiline);
  static const std::regex kAbsolute("^[a-z]+:.*");
  const std::string prose = without_code(markdown);
  std::vector<std::string> targets;
  for (std::sregex_iterator match(prose.begin(), prose.end(), kLink), end; match != end; ++match) {
    const std::string target = (*match)[1].matched ? (*match)[1] : (*match)[2];
    if (!std::regex_match(target, kAbsolute)) targets.push_back(target);
  }
  return targets;
}

/// As GitHub names a heading: lower case, blanks as hyphens, no other punctuation.
std::string slug_of(const std::string& heading) {
  std::string slug;
  for (const char c : heading) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || byte >= 0x80 || c == '_' || c == '-') {
      slug += static_cast<char>(std::tolower(byte));
    } else if (c == ' ') {
      slug += '-';
    }
  }
  return slug;
}

std::set<std::string> anchors_of(const std::string& markdown) {
  static const std::regex kHeading("^#{1,6} +(.*?) *$", std::regex::multiline);
  static const std::regex kMark(R"re(<a (?:id|name)="([^"]+)">)re");
  std::string text;
  std::istringstream lines(markdown);
  bool is_code = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) is_code = !is_code;
    if (!is_code) text += line + "\n";
  }
  std::set<std::string> anchors;
  std::map<std::string, int> seen;
  for (std::sregex_iterator match(text.begin(), text.end(), kHeading), end; match != end; ++match) {
    const std::string slug = slug_of((*match)[1]);
    const int number = seen[slug]++;
    anchors.insert(number == 0 ? slug : slug + "-" + std::to_string(number));
  }
  for (std::sregex_iterator match(text.begin(), text.end(), kMark), end; match != end; ++match) {
    anchors.insert((*match)[1]);
  }
  return anchors;
}

/// What is wrong with a link on that page; empty if nothing is.
std::string problem_with(const std::string& target, const fs::path& page) {
  const std::size_t hash = target.find('#');
  const std::string path = target.substr(0, hash);
  const fs::path file = path.empty() ? page : (page.parent_path() / path).lexically_normal();
  if (path.starts_with('/') || !fs::exists(file)) return "leads to no file";
  if (hash == std::string::npos) return "";
  if (fs::is_directory(file) || file.extension() != ".md") return "has an anchor, and is no page";
  return anchors_of(read(file)).contains(target.substr(hash + 1)) ? "" : "leads to no heading";
}

/// All pages of the project, without what was built or installed in it.
std::vector<fs::path> pages() {
  std::vector<fs::path> found;
  for (fs::recursive_directory_iterator entry(kRoot), end; entry != end; ++entry) {
    const std::string name = entry->path().filename();
    const bool is_foreign = name == "build" || name == "node_modules" || name == ".git";
    if (entry->is_directory() && is_foreign) {
      entry.disable_recursion_pending();
    } else if (entry->path().extension() == ".md") {
      found.push_back(entry->path());
    }
  }
  std::ranges::sort(found);
  return found;
}

/// The files and folders of the project that code spans name, as in `src/core/clock.h`.
std::vector<std::string> paths_in(const std::string& markdown) {
  static const std::regex kPath("`((?:docs|examples|plugin|schema|scripts|src|tests)/[\\w./-]+)`");
  std::vector<std::string> paths;
  for (std::sregex_iterator match(markdown.begin(), markdown.end(), kPath), end; match != end; ++match) {
    paths.push_back((*match)[1]);
  }
  return paths;
}

bool is_below(const fs::path& file, const fs::path& folder) {
  return !fs::relative(file, folder).string().starts_with("..");
}

}  // namespace

TEST_CASE("links are found in prose, and not in code") {
  CHECK(links_of("see [a\nb](x.md#c), ![d](y.svg) and `[e](z.md)`\n```\n[f](w.md)\n```\n[g]: v.md\n") ==
        std::vector<std::string>{"x.md#c", "y.svg", "v.md"});
  CHECK(links_of("[a](https://example.com/b.md) and [c](mailto:d@example.com)").empty());
}

TEST_CASE("headings are anchors as GitHub names them") {
  CHECK(anchors_of(
            "# `a_b` & C: d!\n\n## Twice\n\n## Twice\n\n```sh\n# no heading\n```\n<a id=\"e--f\"></a>\n") ==
        std::set<std::string>{"a_b--c-d", "twice", "twice-1", "e--f"});
}

TEST_CASE("a broken link is noticed") {
  const fs::path readme = kRoot / "README.md";
  CHECK(problem_with("CONTRIBUTING.md", readme).empty());
  CHECK(problem_with("MISSING.md", readme) == "leads to no file");
  CHECK(problem_with("CONTRIBUTING.md#no-such-heading", readme) == "leads to no heading");
  CHECK(problem_with("#no-such-heading", readme) == "leads to no heading");
  CHECK(problem_with("LICENSE#anchor", readme) == "has an anchor, and is no page");
}

TEST_CASE("every link between pages leads to a file and a heading that exist") {
  int count = 0;
  for (const fs::path& page : pages()) {
    for (const std::string& target : links_of(read(page))) {
      CAPTURE(page.string(), target);
      CHECK(problem_with(target, page) == "");
      ++count;
    }
  }
  CHECK(count > 30);
}

TEST_CASE("every file of the project that a page for its developers names exists") {
  CHECK(paths_in("`src/core/clock.h`, `src/*.h`, `tests/run PRESET`, `build/bin` and `docs/`") ==
        std::vector<std::string>{"src/core/clock.h"});
  int count = 0;
  for (const char* page : {"ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"}) {
    for (const std::string& path : paths_in(read(kRoot / page))) {
      CAPTURE(page, path);
      CHECK(fs::exists(kRoot / path));
      ++count;
    }
  }
  CHECK(count > 30);
}

TEST_CASE("the pages that a registry publishes link to nothing outside docs/") {
  for (const fs::path& page : pages()) {
    if (!is_below(page, kRoot / "docs")) continue;
    for (const std::string& target : links_of(read(page))) {
      CAPTURE(page.string(), target);
      CHECK(is_below((page.parent_path() / target).lexically_normal(), kRoot / "docs"));
    }
  }
}

TEST_CASE("the README links to every guide") {
  const std::vector<std::string> links = links_of(read(kRoot / "README.md"));
  for (const fs::path& page : pages()) {
    if (!is_below(page, kRoot / "docs/guides")) continue;
    CAPTURE(page.string());
    CHECK(std::ranges::find(links, fs::relative(page, kRoot).string()) != links.end());
  }
}

TEST_CASE("the guide to errors explains only messages that the provider has") {
  std::string sources;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / "src")) {
    if (entry.path().extension() == ".cc") sources += read(entry.path());
  }
  static const std::regex kTitle(R"(^\* \*\*([^*]+)\*\*:)", std::regex::multiline);
  const std::string guide = read(kRoot / "docs/guides/errors.md");
  int count = 0;
  for (std::sregex_iterator match(guide.begin(), guide.end(), kTitle), end; match != end; ++match) {
    const std::string title = (*match)[1];
    CAPTURE(title);
    CHECK(sources.find('"' + title + '"') != std::string::npos);
    ++count;
  }
  CHECK(count > 5);
}
