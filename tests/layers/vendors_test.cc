#include "src/cloud/vendors.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "src/core/text.h"
#include "tests/support/catch.h"

// Differences between vendors are in the vendors' own files and in the table. No other code names a vendor,
// and no code compares vendors' names. Tests may name vendors as samples and in tables.

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = IMAGE_SOURCE_DIR;

/// The tables of the vendors and of their schemas, which may name vendors in addition to the vendors' own
/// files.
const std::set<std::string> kTables = {"src/cloud/vendors.h", "src/cloud/vendors.cc",
                                       "src/provider/vendors/vendor_schema.h",
                                       "src/provider/vendors/vendors.cc"};

std::string read(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// The text of C++ without its comments; literals stay as they are.
std::string without_comments(const std::string& code) {
  static const std::regex kTokens(
      R"re(//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/|R"(\w*)\((?:.|\n)*?\)\1"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')re");
  std::string rest;
  auto copied = code.begin();
  for (std::sregex_iterator token(code.begin(), code.end(), kTokens), end; token != end; ++token) {
    if (!token->str().starts_with('/')) continue;
    rest.append(copied, (*token)[0].first);
    copied = (*token)[0].second;
  }
  return rest.append(copied, code.end());
}

/// C++ and CMakeLists.txt in these folders.
std::vector<std::string> files_in(const std::vector<std::string>& folders) {
  std::vector<std::string> files;
  for (const std::string& folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
      const fs::path& path = entry.path();
      const bool is_wanted =
          path.extension() == ".h" || path.extension() == ".cc" || path.filename() == "CMakeLists.txt";
      if (is_wanted) files.push_back(fs::relative(path, kRoot));
    }
  }
  return files;
}

std::vector<std::string> source_files() {
  std::vector<std::string> files = files_in({"examples", "plugin", "schema", "src"});
  std::erase_if(files, [](const std::string& file) { return file.ends_with(".txt"); });
  return files;
}

std::string folder_of(const cloud::Vendor& vendor) {
  return "src/cloud/" + std::string(vendor.name) + "/";
}

/// The vendor whose folder the path is in; null if it is in none.
const cloud::Vendor* owner_of(const std::string& path) {
  for (const cloud::Vendor* vendor : cloud::vendors()) {
    if (path.starts_with(folder_of(*vendor))) return vendor;
  }
  return nullptr;
}

/// Whether the file holds a vendor's part of the schemas: its name is the vendor's.
bool is_schema_of(const std::string& file, const cloud::Vendor& vendor) {
  const std::string path = "src/provider/vendors/" + std::string(vendor.name);
  return file == path + ".cc" || file == path + ".h";
}

bool may_name_vendors(const std::string& file) {
  const bool is_schema = std::ranges::any_of(
      cloud::vendors(), [&](const cloud::Vendor* vendor) { return is_schema_of(file, *vendor); });
  return owner_of(file) != nullptr || kTables.contains(file) || is_schema;
}

/// The vendors' names, and the first words of their display names.
std::vector<std::string> vendor_names() {
  std::vector<std::string> found;
  for (const cloud::Vendor* vendor : cloud::vendors()) {
    const std::string display_name(vendor->display_name);
    found.emplace_back(vendor->name);
    found.push_back(display_name.substr(0, display_name.find(' ')));
  }
  return found;
}

std::vector<std::string> matches_of(const std::string& text, const std::regex& pattern) {
  std::vector<std::string> found;
  for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end; ++match) {
    found.push_back(match->str());
  }
  return found;
}

/// Comparisons of a vendor's name, such as `vendor.name == "x"`, `"x" != v->display_name` and
/// `vendor.name.starts_with("x")`.
std::vector<std::string> comparisons_in(const std::string& code) {
  static const std::string kName = R"(\b(?:\w*(?:vendor|traits)\w*|v)(?:\(\))?(?:\.|->)(?:display_)?name\b)";
  static const std::regex kComparison(
      kName + R"(\s*[!=]=|[!=]=\s*(?:(?:\w|\.|->|\(\))*(?:\.|->))?)" + kName + "|" + kName +
          R"(\.(?:starts_with|ends_with|contains|compare|find\w*|rfind|substr)\()",
      std::regex::icase);
  return matches_of(code, kComparison);
}

/// Enumerators of `VendorId`, by which code could branch on a vendor.
std::vector<std::string> enumerators_in(const std::string& code) {
  static const std::regex kEnumerator(R"(\bVendorId::\w+|\busing\s+enum\s+(?:\w+::)*VendorId\b)");
  return matches_of(code, kEnumerator);
}

/// Literals that are only the first letters of a vendor's name, such as `"ali"`.
std::vector<std::string> name_parts_in(const std::string& code) {
  static const std::regex kLiteral(R"re("(\w{3,})")re");
  std::vector<std::string> found;
  for (std::sregex_iterator match(code.begin(), code.end(), kLiteral), end; match != end; ++match) {
    for (const std::string& name : vendor_names()) {
      if (name.starts_with(match->str(1))) found.push_back(match->str());
    }
  }
  return found;
}

/// Alternatives of a regular expression: the vendors' names, their display names, and the first words of
/// those.
std::string any_name() {
  std::string any;
  for (const cloud::Vendor* vendor : cloud::vendors()) any += std::string(vendor->display_name) + "|";
  return any + core::join(vendor_names(), "|");
}

/// Comparisons with a literal that is a vendor's name, or begins with one as the emulator's switches do, such
/// as `cloud == "x"`, `"x" != copy.cloud`, `name == "x_quota"` and `cloud.starts_with("x")`.
std::vector<std::string> literal_comparisons_in(const std::string& code) {
  static const std::string kLiteral = R"re("(?:)re" + any_name() + R"re()(?:_\w*)?"s?v?)re";
  static const std::string kConversion = R"((?:\w+::)*(?:string|string_view|json|Value)\s*[({]\s*)";
  static const std::string kConverted = kConversion + kLiteral + R"(\s*[)}])";
  static const std::string kSubject = R"(\b\w*(?:cloud|vendor|name|title|kind)\w*(?:\(\))?)";
  static const std::string kSearch =
      kSubject + R"(\.(?:starts_with|ends_with|contains|compare|r?find\w*)\(\s*(?:)" + kConversion + ")?";
  static const std::regex kComparison(R"([!=]=\s*(?:)" + kLiteral + "|" + kConverted + ")|(?:" + kLiteral +
                                      "|" + kConverted + R"()\s*[!=]=|)" + kSearch + kLiteral);
  static const std::regex kPartSearch(kSearch + R"re("\w{3,}")re");
  std::vector<std::string> found = matches_of(code, kComparison);
  // A literal may also be the first letters of a name.
  for (const std::string& search : matches_of(code, kPartSearch)) {
    if (!name_parts_in(search).empty()) found.push_back(search);
  }
  return found;
}

/// Branches by an enumerator of `VendorId`: `id == VendorId::x` and `case VendorId::x`, but not
/// `vendor(VendorId::x)`.
std::vector<std::string> enumerator_branches_in(const std::string& code) {
  static const std::string kEnumerator = R"((?:\w+::)*VendorId::\w+)";
  static const std::regex kBranch(R"(\bcase\s+)" + kEnumerator + R"(|[!=]=\s*&?(?:[\w:]+\()?)" + kEnumerator +
                                  "|" + kEnumerator + R"(\)?\s*[!=]=|\busing\s+enum\s+(?:\w+::)*VendorId\b)");
  return matches_of(code, kBranch);
}

/// The vendors' names anywhere in the code, within literals and identifiers.
std::vector<std::string> names_in(const std::string& code) {
  std::string any;
  for (const std::string& name : vendor_names()) any += (any.empty() ? "" : "|") + name;
  return matches_of(code, std::regex(any, std::regex::icase));
}

/// Comparisons of vendors' names of both forms.
std::vector<std::string> name_comparisons_in(const std::string& code) {
  std::vector<std::string> found = comparisons_in(code);
  const std::vector<std::string> more = literal_comparisons_in(code);
  found.insert(found.end(), more.begin(), more.end());
  return found;
}

/// What tests may not contain: they may name a vendor, but not branch on one.
std::vector<std::string> branches_in(const std::string& text) {
  const std::string code = without_comments(text);
  std::vector<std::string> found = name_comparisons_in(code);
  const std::vector<std::string> more = enumerator_branches_in(code);
  found.insert(found.end(), more.begin(), more.end());
  return found;
}

/// Whether the rule on tests leaves out a file.
bool may_branch_on_vendors(const std::string& file) {
  if (file == "tests/layers/vendors_test.cc") return true;
  return std::ranges::any_of(cloud::vendors(), [&](const cloud::Vendor* vendor) {
    const std::string name(vendor->name);
    return file.starts_with("tests/cloud/" + name + "/") || file.starts_with("tests/emulator/" + name + "/");
  });
}

/// What only the vendors' own files and the table may contain.
std::vector<std::string> mentions_in(const std::string& text) {
  const std::string code = without_comments(text);
  std::vector<std::string> found = names_in(code);
  for (const auto& more : {comparisons_in(code), enumerators_in(code), name_parts_in(code)}) {
    found.insert(found.end(), more.begin(), more.end());
  }
  return found;
}

/// Whether the file is in a directory of a vendor, such as `tests/emulator/NAME`, or has its name.
bool is_vendors_own(const std::string& file) {
  const std::string path = "/" + file;
  return std::ranges::any_of(cloud::vendors(), [&](const cloud::Vendor* vendor) {
    const std::string name = "/" + std::string(vendor->name);
    return path.find(name + "/") != std::string::npos || path.find(name + ".") != std::string::npos;
  });
}

/// The vendors that a text does not name, neither by their names nor by the first words of their display
/// names.
std::vector<std::string> unnamed_in(const std::string& text) {
  std::vector<std::string> unnamed;
  for (const cloud::Vendor* vendor : cloud::vendors()) {
    const std::string display_name(vendor->display_name);
    const std::regex any(std::string(vendor->name) + "|" + display_name.substr(0, display_name.find(' ')),
                         std::regex::icase);
    if (!std::regex_search(text, any)) unnamed.emplace_back(vendor->name);
  }
  return unnamed;
}

/// The files that the guide says to change for a new cloud.
std::set<std::string> files_of_guide() {
  const std::string guide = read(kRoot / "CONTRIBUTING.md");
  const std::size_t begin = guide.find("### Files to change");
  const std::string section = guide.substr(begin, guide.find("\n## ", begin) - begin);
  static const std::regex kFile(R"(`((?:src|tests)/[\w/.-]*\w)`)");
  std::set<std::string> files;
  for (std::sregex_iterator match(section.begin(), section.end(), kFile), end; match != end; ++match) {
    files.insert(match->str(1));
  }
  return files;
}

}  // namespace

TEST_CASE("comments are removed, and literals are kept") {
  CHECK(without_comments("a // b\nc /* d\n * e */ f") == "a \nc  f");
  CHECK(without_comments(R"x(g("// h", '"', "\"/*") // i)x") == R"x(g("// h", '"', "\"/*") )x");
  CHECK(without_comments(R"x(R"(a // "b)" // c)x") == R"x(R"(a // "b)" )x");
}

TEST_CASE("comparisons of a vendor's name are found") {
  CHECK(comparisons_in(R"(if (vendor.name == "a") b(session.vendor().display_name != c);)").size() == 2);
  CHECK(comparisons_in(R"(if (a == b.vendor->name) c("a" != my_vendor.display_name);)").size() == 2);
  CHECK(comparisons_in("name = vendor.name; if (a.name == b.name && &a.vendor == vendor) c();").empty());
}

TEST_CASE("tests that branch on a vendor are found") {
  for (const char* code : {
           R"(if (copy.cloud == "baiducloud") f();)",
           R"(if (copy.cloud != "alicloud") f();)",
           R"(CHECK(attributes.at("job_id").is_null() == (copy.cloud != "huaweicloud"));)",
           R"(REQUIRE("baiducloud" == copy.cloud);)",
           R"(std::string region = name == "alicloud" ? "a" : name == "baiducloud" ? "b" : "c";)",
           R"(if (image.at("cloud") == "alicloud") f();)",
           R"(if (image.at("cloud") == json("alicloud")) f();)",
           R"(if (std::string("alicloud") == cloud) f();)",
           R"(if (cloud == std::string_view{"alicloud"}) f();)",
           R"(if (copy.title == "Alibaba Cloud") f();)",
           R"(if (display_name == "Huawei") f();)",
           R"(const bool expired = world.setting.name == "huaweicloud_job_lifetime";)",
           R"(if (copy.cloud.starts_with("ali")) f();)",
           R"(if (copy.cloud.starts_with("huaweicloud")) f();)",
           R"(if (kind.title.contains("Huawei")) f();)",
           R"(if (setting.name().find("baiducloud") == 0) f();)",
           R"(if (cloud.compare("alicloud") == 0) f();)",
           R"(if (copy.vendor().name == other) f();)",
           R"(if (id == cloud::VendorId::alicloud) f();)",
           R"(if (VendorId::alicloud != id) f();)",
           R"(if (vendor == &cloud::vendor(cloud::VendorId::alicloud)) f();)",
           R"(switch (id) { case VendorId::alicloud: f(); })",
           R"(using enum cloud::VendorId;)",
       }) {
    CAPTURE(code);
    CHECK_FALSE(branches_in(code).empty());
  }
}

TEST_CASE("tests that name a vendor as a sample or in a table are allowed") {
  for (const char* code : {
           R"(// if (copy.cloud == "baiducloud") f();)",
           R"(for (const char* cloud : {"alicloud", "baiducloud"}) f(cloud);)",
           R"(const Kind kKind = {.title = "Huawei Cloud", .cloud = "huaweicloud"};)",
           R"(const SampleCopy& copy = sample_copy("Alibaba Cloud");)",
           R"(CHECK(emulator.calls("alicloud", "CopyImage") == 1);)",
           R"(CHECK(emulator.images("alicloud", "cn-shanghai").empty());)",
           R"(CHECK(state["id"] == Value("alicloud/r2/m-new"));)",
           R"(CHECK(detail.find("apply only to copies on Huawei Cloud") != npos);)",
           R"(CHECK(error_of({"--cloud", "azure"}).find("alicloud") != npos);)",
           R"(text += "  cloud = \"alicloud\"\n";)",
           R"(network.control("POST", "switches", {{"huaweicloud_search_untagged", false}});)",
           R"(cloud::Vendor vendor = cloud::vendor(cloud::VendorId::alicloud);)",
           R"(const auto found = std::ranges::find(kinds, cloud, &Kind::cloud);)",
           R"(if (copy.vendor().has_jobs) f();)",
       }) {
    CAPTURE(code);
    CHECK(branches_in(code).empty());
  }
}

TEST_CASE("each vendor of the table has a directory with its reference, and each such directory a vendor") {
  std::set<std::string> references;
  for (const auto& entry : fs::directory_iterator(kRoot / "src/cloud")) {
    if (fs::exists(entry.path() / "API.md")) references.insert(entry.path().filename());
  }
  CHECK(cloud::vendors().size() == references.size());
  for (const cloud::Vendor* vendor : cloud::vendors()) {
    CAPTURE(vendor->name);
    CHECK(references.contains(std::string(vendor->name)));
    CHECK(cloud::find_vendor(vendor->name) == vendor);
  }
  CHECK(cloud::find_vendor("azure") == nullptr);
}

TEST_CASE("the directories of all vendors hold the same parts") {
  for (const cloud::Vendor* vendor : cloud::vendors()) {
    for (const char* part : {"client", "credentials", "errors", "replies", "rules", "signature", "vendor"}) {
      for (const char* extension : {".h", ".cc"}) {
        CAPTURE(vendor->name, part, extension);
        CHECK(fs::exists(kRoot / folder_of(*vendor) / (std::string(part) + extension)));
      }
    }
  }
}

TEST_CASE("code that names a vendor or compares its name is found") {
  for (const char* code : {
           R"(if (v.name == "alicloud") f();)",
           R"(if (a->name == "huaweicloud") f();)",
           R"(if (cloud == "baiducloud") f();)",
           R"(if (cloud.starts_with("ali")) f();)",
           R"(if (name.compare("Huawei Cloud") == 0) f();)",
           R"(if (text.find("on Baidu AI Cloud") != npos) f();)",
           R"(static const std::string kName = "Alibaba Cloud";)",
           R"(if (v.name == other) f();)",
           R"(if (other != session.vendor().display_name) f();)",
           R"(if (vendor.name.starts_with(prefix)) f();)",
           R"(if (traits.name == other) f();)",
           R"(if (id == VendorId::azure) f();)",
           R"(using enum cloud::VendorId;)",
           R"(huaweicloud::vendor();)",
       }) {
    CAPTURE(code);
    CHECK_FALSE(mentions_in(code).empty());
  }
}

TEST_CASE("code that passes a vendor on, and comments, are allowed") {
  for (const char* code : {
           R"(f(); // as on alicloud)",
           R"(/* "huaweicloud" */ f();)",
           R"(const std::string name(vendor.name);)",
           R"(if (prior["cloud"] == planned["cloud"]) f();)",
           R"(if (a.name == b.name && &a.vendor == vendor) f();)",
           R"(const auto* vendor = cloud::find_vendor(name);)",
           R"(f("cloud", "al", "display_name");)",
           R"(const Vendor& vendor(VendorId id);)",
       }) {
    CAPTURE(code);
    CHECK(mentions_in(code).empty());
  }
}

TEST_CASE("only the vendors' own files and the table name a vendor or compare its name") {
  for (const std::string& file : source_files()) {
    if (may_name_vendors(file)) continue;
    for (const std::string& mention : mentions_in(read(kRoot / file))) {
      FAIL_CHECK(file << " contains " << mention);
    }
  }
}

TEST_CASE("no code compares a vendor's name, not even the vendors' own files and the table") {
  for (const std::string& file : source_files()) {
    for (const std::string& comparison : name_comparisons_in(without_comments(read(kRoot / file)))) {
      FAIL_CHECK(file << " contains " << comparison);
    }
  }
}

TEST_CASE("tests name vendors, but do not branch on them") {
  for (const std::string& file : files_in({"tests"})) {
    if (file.ends_with(".txt") || may_branch_on_vendors(file)) continue;
    for (const std::string& branch : branches_in(read(kRoot / file))) {
      FAIL_CHECK(file << " contains " << branch);
    }
  }
}

TEST_CASE("the shared parts of the emulator do not name a vendor outside their list") {
  static const std::set<std::string> kList = {"tests/emulator/clouds.cc", "tests/emulator/clouds.h",
                                              "tests/emulator/switches.h"};
  int checked = 0;
  for (const std::string& file : files_in({"tests/emulator"})) {
    const bool is_shared = !is_vendors_own(file) && !file.ends_with("_test.cc") && !file.ends_with(".txt");
    if (!is_shared || kList.contains(file)) continue;
    ++checked;
    for (const std::string& name : mentions_in(read(kRoot / file))) {
      FAIL_CHECK(file << " contains " << name);
    }
  }
  CHECK(checked > 20);
}

TEST_CASE("a vendor's directory includes nothing of another vendor's, and only the table includes them all") {
  static const std::regex kInclude(R"(#\s*include\s*"([^"]+)\")");
  for (const std::string& file : source_files()) {
    const std::string code = without_comments(read(kRoot / file));
    for (std::sregex_iterator match(code.begin(), code.end(), kInclude), end; match != end; ++match) {
      const cloud::Vendor* included = owner_of(match->str(1));
      if (included == nullptr) continue;
      CAPTURE(file, match->str(1));
      const bool is_own = owner_of(file) == included;
      const bool is_schema = is_schema_of(file, *included);
      const bool is_table =
          file == "src/cloud/vendors.cc" && match->str(1) == folder_of(*included) + "vendor.h";
      CHECK((is_own || is_schema || is_table));
    }
  }
}

TEST_CASE("each file that the guide lists for a new cloud names every vendor of the table") {
  CHECK(files_of_guide().size() > 10);
  for (const std::string& file : files_of_guide()) {
    CAPTURE(file);
    CHECK(unnamed_in(read(kRoot / file)) == std::vector<std::string>());
  }
}

TEST_CASE("the guide to a new cloud lists each file that names every vendor") {
  const std::set<std::string> listed = files_of_guide();
  for (const std::string& file : files_in({"examples", "plugin", "schema", "src", "tests"})) {
    // Tests may use all vendors as samples.
    if (is_vendors_own(file) || file.ends_with("_test.cc") || listed.contains(file)) continue;
    CAPTURE(file);
    CHECK_FALSE(unnamed_in(without_comments(read(kRoot / file))).empty());
  }
}

TEST_CASE("each vendor's directories of tests hold the same parts") {
  for (const cloud::Vendor* vendor : cloud::vendors()) {
    const std::string name(vendor->name);
    for (const char* part : {"credentials", "errors", "replies", "rules"}) {
      CAPTURE(vendor->name, part);
      CHECK(fs::exists(kRoot / "tests/cloud" / name / (std::string(part) + "_test.cc")));
    }
    for (const char* part : {"copy", "images", "signature"}) {
      CAPTURE(vendor->name, part);
      CHECK(fs::exists(kRoot / "tests/emulator" / name / (std::string(part) + "_test.cc")));
    }
  }
}
