#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "src/cloud/vendors.h"
#include "tests/support/catch.h"

// Code cites the document and section of a rule, as in `alicloud/API.md 3.9`.

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = IMAGE_SOURCE_DIR;

std::string folder_of(const cloud::Vendor& vendor) {
  return "src/cloud/" + std::string(vendor.name);
}

/// The document of a vendor, by the name that citations use.
std::string document_of(const cloud::Vendor& vendor) {
  return std::string(vendor.name) + "/API.md";
}

/// The paths of the documents, by the names that citations use.
std::map<std::string, std::string> documents() {
  std::map<std::string, std::string> paths = {{"PROTOCOL.md", "plugin/PROTOCOL.md"},
                                              {"PROTOCOL-6.11.md", "plugin/PROTOCOL-6.11.md"}};
  for (const cloud::Vendor* vendor : cloud::vendors()) {
    paths[document_of(*vendor)] = folder_of(*vendor) + "/API.md";
  }
  return paths;
}

/// The sections of each document, by the name that citations use.
using Sections = std::map<std::string, std::set<std::string>>;

struct Citation {
  std::string document;
  std::vector<std::string> sections;

  bool operator==(const Citation&) const = default;
};

/// The numbers in a text like "3.3, 3.5 and 7". Of a range only the two ends are checked.
std::vector<std::string> numbers_in(const std::string& text) {
  static const std::regex kNumber(R"(\d+(\.\d+)*)");
  std::vector<std::string> numbers;
  for (std::sregex_iterator match(text.begin(), text.end(), kNumber), end; match != end; ++match) {
    numbers.push_back(match->str());
  }
  return numbers;
}

/// A citation may be broken over two lines of a comment.
std::vector<Citation> citations_in(const std::string& text) {
  static const std::string kNumber = R"([\s/#*]+(?:§)?\d+(?:\.\d+)*)";
  static const std::regex kCitation(R"(\b((?:[\w-]+/)?API|PROTOCOL(?:-\d+(?:\.\d+)*)?)\.md`?((?:)" + kNumber +
                                    R"((?:(?:,|,?[\s/#*]+(?:and|to|or)))" + kNumber + ")*)?)");
  std::vector<Citation> citations;
  for (std::sregex_iterator match(text.begin(), text.end(), kCitation), end; match != end; ++match) {
    citations.push_back({.document = match->str(1) + ".md", .sections = numbers_in(match->str(2))});
  }
  return citations;
}

/// Names that a document had before it was part of the repository.
std::vector<std::string> old_names_in(const std::string& text) {
  static const std::regex kOldName(
      R"(\b(?:alibaba-ecs|baidu-bcc|huaweicloud-ims)\b|\bprotocol[\s/#*]+reference\b|\breferences?[\s/#*]+\d+(?:\.\d+)*)");
  std::vector<std::string> names;
  for (std::sregex_iterator match(text.begin(), text.end(), kOldName), end; match != end; ++match) {
    names.push_back(match->str());
  }
  return names;
}

/// The numbers of a document's headings.
std::set<std::string> sections_of(const std::string& document) {
  static const std::regex kHeading(R"(\n#+ (\d+(?:\.\d+)*)\.? )");
  const std::string text = "\n" + document;
  std::set<std::string> sections;
  for (std::sregex_iterator match(text.begin(), text.end(), kHeading), end; match != end; ++match) {
    sections.insert(match->str(1));
  }
  return sections;
}

/// What is wrong with the citations of a text, as sentences.
std::vector<std::string> faults_in(const std::string& text, const Sections& documents) {
  std::vector<std::string> faults;
  for (const Citation& citation : citations_in(text)) {
    const auto document = documents.find(citation.document);
    // Prose and links may name a vendor's document without its folder.
    if (citation.document == "API.md" && citation.sections.empty()) continue;
    if (document == documents.end()) {
      faults.push_back("no document " + citation.document);
      continue;
    }
    for (const std::string& section : citation.sections) {
      if (!document->second.contains(section)) {
        faults.push_back("no section " + section + " in " + citation.document);
      }
    }
  }
  for (const std::string& name : old_names_in(text)) faults.push_back("an old name: " + name);
  return faults;
}

/// What is wrong with `§3.9` and the like, by which a document cites its own sections.
std::vector<std::string> own_faults_in(const std::string& document) {
  static const std::regex kOwn(R"((\.md)?[\s/]*§(\d+(?:\.\d+)*)(?:–(\d+(?:\.\d+)*))?)");
  const std::set<std::string> sections = sections_of(document);
  std::vector<std::string> faults;
  for (std::sregex_iterator match(document.begin(), document.end(), kOwn), end; match != end; ++match) {
    if ((*match)[1].matched) continue;
    for (const std::size_t group : {2UL, 3UL}) {
      const std::string section = match->str(group);
      if (!section.empty() && !sections.contains(section)) faults.push_back("no section " + section);
    }
  }
  return faults;
}

std::string read(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

Sections read_documents() {
  Sections sections;
  for (const auto& [name, path] : documents()) sections[name] = sections_of(read(kRoot / path));
  return sections;
}

/// Text files of the repository, without downloaded packages and without this file, whose citations are wrong
/// on purpose.
std::vector<fs::path> text_files() {
  static const std::set<std::string> kIgnored = {"node_modules", ".terraform"};
  std::vector<fs::path> files;
  for (const char* folder : {".ci", "docs", "examples", "plugin", "schema", "scripts", "src", "tests"}) {
    for (auto entry = fs::recursive_directory_iterator(kRoot / folder);
         entry != fs::recursive_directory_iterator(); ++entry) {
      if (kIgnored.contains(entry->path().filename())) entry.disable_recursion_pending();
      const std::string extension = entry->path().extension();
      const bool data = extension == ".json" || extension == ".svg" || extension == ".proto";
      if (entry->is_regular_file() && !data && entry->path().filename() != "citations_test.cc") {
        files.push_back(entry->path());
      }
    }
  }
  for (const char* file : {"ARCHITECTURE.md", "CMakeLists.txt", "CONTRIBUTING.md", "README.md"})
    files.push_back(kRoot / file);
  return files;
}

/// Parts of the vendors' folders that hold no rule of the vendor's API.
const std::set<std::string> kPartsWithoutRules = {
    "huaweicloud/listing",  // an index in memory
};

/// The documents that each part of a vendor's folder cites sections of, by the part's name. A part is a
/// header and its source file.
std::map<std::string, std::set<std::string>> cited_by_parts(const cloud::Vendor& vendor) {
  std::map<std::string, std::set<std::string>> cited;
  for (const auto& entry : fs::directory_iterator(kRoot / folder_of(vendor))) {
    const std::string extension = entry.path().extension();
    if (extension != ".h" && extension != ".cc") continue;
    std::set<std::string>& documents = cited[std::string(vendor.name) + "/" + entry.path().stem().string()];
    for (const Citation& citation : citations_in(read(entry.path()))) {
      if (!citation.sections.empty()) documents.insert(citation.document);
    }
  }
  return cited;
}

const Sections kSample = {{"alicloud/API.md", {"2", "2.1", "3", "3.9", "4.4"}},
                          {"PROTOCOL.md", {"8", "8.5"}}};

}  // namespace

TEST_CASE("citations are found in comments and prose") {
  using Citations = std::vector<Citation>;
  CHECK(citations_in("/// Reads them (alicloud/API.md 3.9).") == Citations{{"alicloud/API.md", {"3.9"}}});
  CHECK(citations_in("/// alicloud/API.md 3.9: the rule") == Citations{{"alicloud/API.md", {"3.9"}}});
  CHECK(citations_in("see `src/cloud/baiducloud/API.md` 1.1") == Citations{{"baiducloud/API.md", {"1.1"}}});
  CHECK(citations_in("(PROTOCOL.md 12)") == Citations{{"PROTOCOL.md", {"12"}}});
  CHECK(citations_in("(PROTOCOL-6.11.md 3.2)") == Citations{{"PROTOCOL-6.11.md", {"3.2"}}});
  CHECK(citations_in("Alibaba Cloud ECS (alicloud/API.md). Two") == Citations{{"alicloud/API.md", {}}});
  CHECK(citations_in("PROTOCOL.md's rules").front().sections.empty());
  CHECK(citations_in("a PLUGIN_PROTOCOL_VERSIONS of 6").empty());
}

TEST_CASE("a citation lists sections and ranges of them") {
  const auto sections = [](const std::string& text) { return citations_in(text).front().sections; };
  using Numbers = std::vector<std::string>;
  CHECK(sections("(huaweicloud/API.md 3.3, 3.5)") == Numbers{"3.3", "3.5"});
  CHECK(sections("(PROTOCOL.md 7.1 to 7.3), 9 lines") == Numbers{"7.1", "7.3"});
  CHECK(sections("(alicloud/API.md 2 and 2.1).") == Numbers{"2", "2.1"});
  CHECK(sections("(alicloud/API.md 2.7, 3); 400 for others") == Numbers{"2.7", "3"});
  CHECK(sections("(baiducloud/API.md 3.1, 3.12 and 4.4)") == Numbers{"3.1", "3.12", "4.4"});
}

TEST_CASE("a citation may be broken over two lines of a comment") {
  using Citations = std::vector<Citation>;
  CHECK(citations_in("/// (alicloud/API.md\n/// 3.6)") == Citations{{"alicloud/API.md", {"3.6"}}});
  CHECK(citations_in("  // PROTOCOL.md 8.5,\n  // 8.6") == Citations{{"PROTOCOL.md", {"8.5", "8.6"}}});
  CHECK(citations_in("# PROTOCOL.md 3 and\n# 4") == Citations{{"PROTOCOL.md", {"3", "4"}}});
  CHECK(citations_in("(alicloud/API.md 3.1, baiducloud/API.md\n/// 3.4)") ==
        Citations{{"alicloud/API.md", {"3.1"}}, {"baiducloud/API.md", {"3.4"}}});
}

TEST_CASE("a citation of a missing document or section is a fault") {
  const auto faults = [](const std::string& text) { return faults_in(text, kSample); };
  using Faults = std::vector<std::string>;
  CHECK(faults("(alicloud/API.md 2, 3.9 and 4.4; PROTOCOL.md 8.5)").empty());
  CHECK(faults("(alicloud/API.md 3.9, 3.10)") == Faults{"no section 3.10 in alicloud/API.md"});
  CHECK(faults("(PROTOCOL.md\n/// 8 to 8.7)") == Faults{"no section 8.7 in PROTOCOL.md"});
  CHECK(faults("(gcp/API.md 1)") == Faults{"no document gcp/API.md"});
  CHECK(faults("PROTOCOL-7.0.md") == Faults{"no document PROTOCOL-7.0.md"});
  CHECK(faults("API.md 3.9") == Faults{"no document API.md"});
  CHECK(faults("every vendor's API.md").empty());
}

TEST_CASE("a citation by an old name is a fault") {
  for (const char* text :
       {"(reference alibaba-ecs 3.9)", "(baidu-bcc 3)", "huaweicloud-ims\n/// 3", "(reference 2.6)",
        "(protocol reference 8.5)", "the protocol\n/// reference says"}) {
    CAPTURE(text);
    CHECK(faults_in(text, kSample).size() == 1);
  }
  CHECK(faults_in("CopyReference{.region = 3}; the reference 'a'", kSample).empty());
}

TEST_CASE("the numbered headings of a document are its sections") {
  CHECK(sections_of("# 1. Title\n\n## 2 Names\n### 2.10 Ends\n#### Plain\ntext 4\n2.5 no heading\n") ==
        std::set<std::string>{"1", "2", "2.10"});
  CHECK(own_faults_in("## 1. A\n### 1.1 B\nas §1.1 and §1 say, PROTOCOL.md §9 too\n").empty());
  CHECK(own_faults_in("## 1. A\nas §1.2 says, and §1–1.3\n") ==
        std::vector<std::string>{"no section 1.2", "no section 1.3"});
}

TEST_CASE("every cited document and section exists, and every document is cited") {
  const Sections sections = read_documents();
  std::set<std::string> uncited;
  for (const auto& [name, numbers] : sections) {
    CAPTURE(name);
    CHECK(numbers.size() > 10);
    uncited.insert(name);
  }
  for (const fs::path& file : text_files()) {
    const std::string text = read(file);
    for (const Citation& citation : citations_in(text)) uncited.erase(citation.document);
    for (const std::string& fault : faults_in(text, sections)) {
      FAIL_CHECK(fs::relative(file, kRoot).string() << ": " << fault);
    }
  }
  CHECK(uncited == std::set<std::string>());
}

TEST_CASE("the sections that a document cites of its own exist") {
  for (const auto& [name, path] : documents()) {
    for (const std::string& fault : own_faults_in(read(kRoot / path))) FAIL_CHECK(path << ": " << fault);
  }
}

TEST_CASE("each part of a vendor's folder cites a section of its reference, and none of another vendor's") {
  std::set<std::string> without_rules = kPartsWithoutRules;
  for (const cloud::Vendor* vendor : cloud::vendors()) {
    for (const auto& [part, cited] : cited_by_parts(*vendor)) {
      CAPTURE(part);
      const bool has_no_rules = without_rules.erase(part) > 0;
      CHECK(cited == (has_no_rules ? std::set<std::string>() : std::set{document_of(*vendor)}));
    }
  }
  CHECK(without_rules == std::set<std::string>());
}

TEST_CASE("the file of a vendor's part of the schemas cites no other vendor's reference") {
  for (const cloud::Vendor* vendor : cloud::vendors()) {
    const fs::path file = kRoot / "src/provider/vendors" / (std::string(vendor->name) + ".cc");
    REQUIRE(fs::exists(file));
    for (const Citation& citation : citations_in(read(file))) {
      CAPTURE(vendor->name, citation.document);
      CHECK((citation.document == document_of(*vendor) || !citation.document.ends_with("/API.md")));
    }
  }
}
