#include <algorithm>
#include <optional>
#include <regex>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "src/cloud/vendors.h"
#include "src/core/text.h"
#include "src/provider/error_help.h"
#include "src/provider/image_copy/schema.h"
#include "src/provider/vendor_states.h"
#include "src/provider/vendors/vendors.h"
#include "tests/cloud/credentials/fake_host.h"
#include "tests/support/catch.h"

// Compares the tables of docs/guides/ with the behavior of the code, cell by cell.

namespace {

using Cells = std::vector<std::string>;
using Rows = std::vector<Cells>;
using tf::Value;

std::string guide(const std::string& name) {
  return core::read_file(std::string(IMAGE_SOURCE_DIR "/docs/guides/") + name).value();
}

/// The cells of the table whose header begins so, the header first. Throws if there is none.
Rows table(const std::string& page, const std::string& header) {
  Rows rows;
  std::size_t begin = page.find("\n" + header);
  if (begin == std::string::npos) throw std::runtime_error("no table begins with " + header);
  for (const std::string& line : core::split(page.substr(begin + 1), '\n')) {
    if (!line.starts_with("|")) break;
    if (line.starts_with("|---")) continue;
    Cells cells;
    for (const std::string& cell : core::split(line.substr(1, line.size() - 2), '|')) {
      cells.emplace_back(core::trim(cell));
    }
    rows.push_back(std::move(cells));
  }
  return rows;
}

/// The code spans of a cell, in order.
std::vector<std::string> spans(const std::string& cell) {
  static const std::regex kSpan("`([^`]+)`");
  std::vector<std::string> found;
  for (std::sregex_iterator match(cell.begin(), cell.end(), kSpan), end; match != end; ++match) {
    found.push_back((*match)[1]);
  }
  return found;
}

/// The names of environment variables in the text, in order and without repetitions.
std::vector<std::string> variables_in(const std::string& text) {
  static const std::regex kVariable("\\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\\b");
  std::vector<std::string> found;
  for (std::sregex_iterator match(text.begin(), text.end(), kVariable), end; match != end; ++match) {
    if (std::ranges::find(found, match->str()) == found.end()) found.push_back(match->str());
  }
  return found;
}

// Credentials

/// What a search for credentials reports on a machine that has none.
std::string report(fakes::FakeHost& machine, const cloud::Vendor& vendor,
                   const cloud::VendorSettings& settings = {}) {
  machine.seed({{"switches", {{"instance_role", ""}}}});
  const std::string emulator = "http://127.0.0.1/" + std::string(vendor.name) + "/metadata";
  cloud::VendorSettings all = settings;
  all.emplace("metadata_endpoint", emulator);
  const auto found = cloud::find_credentials(vendor, all, machine.host, machine.dependencies());
  if (!found) return found.error();
  const auto credentials = found->credentials->get({});
  return credentials ? "" : credentials.error().message;
}

/// A cell of the guide to credentials, by the beginning of its row.
std::string cell_of(const Rows& rows, const std::string& row, std::size_t column) {
  for (const Cells& cells : rows) {
    if (cells.front().starts_with(row)) return cells.at(column);
  }
  throw std::runtime_error("no row begins with " + row);
}

std::string without_parentheses(const std::string& cell) {
  return std::regex_replace(cell, std::regex("\\([^)]*\\)"), "");
}

/// The variable in "(path: `VARIABLE`", or in "(profile: `VARIABLE`"; empty if there is none.
std::string annotation(const std::string& cell, const std::string& name) {
  std::smatch match;
  return std::regex_search(cell, match, std::regex(name + ": `([A-Z_]+)`")) ? match.str(1) : "";
}

constexpr const char* kSearchOrder = "| | Alibaba Cloud | Baidu AI Cloud | Huawei Cloud |";

/// Calls `check` with the cells of each vendor's column of the search order.
template <typename Check>
void for_each_column(const Check& check) {
  const Rows rows = table(guide("credentials.md"), kSearchOrder);
  for (std::size_t column = 1; column < rows.front().size(); ++column) {
    const std::string_view display_name = rows.front().at(column);
    const auto found = std::ranges::find(cloud::vendors(), display_name, &cloud::Vendor::display_name);
    if (found == cloud::vendors().end()) continue;
    CAPTURE((*found)->name);
    check(**found, [&, column](const std::string& row) { return cell_of(rows, row, column); });
  }
}

// States of the vendors' own providers

/// The attributes of `image_copy` whose values differ.
std::set<std::string> differences(const Value& one, const Value& other) {
  std::set<std::string> names;
  for (const auto& [name, value] : *one.as_attributes()) {
    const bool follows = name == "id" || name == "tags_all";
    if (!follows && value != other[name]) names.insert(name);
  }
  return names;
}

std::optional<Value> move(const std::string& type, const nlohmann::json& state) {
  const auto moved = provider::move_vendor_state(provider::image_copy_schema(),
                                                 {.provider_address = "registry.terraform.io/vendor/cloud",
                                                  .type_name = type,
                                                  .version = 0,
                                                  .state_json = state.dump(),
                                                  .private_state = ""});
  if (!moved || moved->state.is_null()) return std::nullopt;
  return moved->state;
}

/// The attributes of `image_copy` that an attribute of the vendor's resource decides, in copies within a
/// region and across regions.
std::set<std::string> targets_of(const std::string& type, const std::string& attribute) {
  std::set<std::string> found;
  for (const char* destination : {"r1", "r2"}) {
    const nlohmann::json base = {{"id", "i-1"}, {"region", "r1"}, {"target_region", destination}};
    const auto before = move(type, base);
    if (!before) continue;
    for (const nlohmann::json& value :
         {nlohmann::json("v"), nlohmann::json(true), nlohmann::json{{"create", "v"}}}) {
      nlohmann::json state = base;
      state[attribute] = value;
      if (const auto after = move(type, state)) found.merge(differences(*before, *after));
    }
  }
  return found;
}

/// What the cell in the column of `image_copy` says of an attribute.
std::set<std::string> documented_target(const std::string& attribute, const std::string& cell) {
  const auto named = spans(cell);
  if (cell.starts_with("None") || cell.find("defaults to") != std::string::npos) return {};
  if (cell.find(", in `") != std::string::npos) return {named.back()};
  return cell == "The same" ? std::set{attribute} : std::set{named.front()};
}

}  // namespace

TEST_CASE("the guide to errors has the table of kinds as the code has it") {
  CHECK(guide("errors.md").find("\n" + provider::error_table() + "\n") != std::string::npos);
  for (int kind = 0; kind <= static_cast<int>(cloud::ErrorKind::unexpected); ++kind) {
    const std::string advice = provider::next_step(static_cast<cloud::ErrorKind>(kind));
    CAPTURE(kind, advice);
    CHECK(advice.ends_with("."));
    CHECK(advice.find('`') == std::string::npos);
    const std::string cell = advice.substr(0, advice.size() - 1) + " |\n";
    CHECK(core::replace_all(provider::error_table(), "`", "").find(cell) != std::string::npos);
  }
}

TEST_CASE("the guide to credentials has a column for each vendor") {
  std::size_t columns = 0;
  for_each_column([&](const cloud::Vendor&, const auto&) { ++columns; });
  CHECK(columns == cloud::vendors().size());
}

TEST_CASE("the guide to credentials names the sources in the order of the search") {
  for_each_column([](const cloud::Vendor& vendor, const auto& cell) {
    std::vector<std::string> sources;
    for (const char* row : {"2.", "3.", "4."}) {
      for (std::string& span : spans(without_parentheses(cell(row)))) {
        if (!span.ends_with("=true")) sources.push_back(std::move(span));
      }
    }
    // Errors name a key pair without its token.
    std::set<std::string> tokens;
    for (const cloud::KeyPairVariables& pair : vendor.key_pair_variables) tokens.insert(pair.security_token);
    std::erase_if(sources, [&](const std::string& source) { return tokens.contains(source); });

    fakes::FakeHost machine;
    machine.variables["HOME"] = "~";
    const std::string searched = report(machine, vendor);
    CAPTURE(searched, sources);
    std::size_t at = searched.find("in this order:");
    REQUIRE(at != std::string::npos);
    for (const std::string& source : sources) {
      CAPTURE(source);
      at = searched.find(source, at);
      REQUIRE(at != std::string::npos);
    }
    CHECK(sources.size() >= 3);
  });
}

TEST_CASE("the guide to credentials names every access key and default region of the table of vendors") {
  for_each_column([](const cloud::Vendor& vendor, const auto& cell) {
    for (const cloud::KeyPairVariables& pair : vendor.key_pair_variables) {
      const std::string text =
          std::string("`") + pair.access_key + "`, `" + pair.secret_key + "`, `" + pair.security_token + "`";
      CAPTURE(text);
      CHECK(cell("2.").find(text) != std::string::npos);
    }
    std::vector<std::string> regions;
    for (const char* variable : vendor.region_variables) regions.push_back(std::string("`") + variable + "`");
    CHECK(cell("Default region") ==
          "`region`, else " + core::enumerate(regions, "or") + ", else the profile's");
  });
}

TEST_CASE("the guide to credentials names the variables that select a file") {
  for_each_column([](const cloud::Vendor& vendor, const auto& cell) {
    CHECK(cell("3.").find("`" + std::string(vendor.profile_file) + "`") == 0);
    const std::string path = annotation(cell("3."), "path");
    if (path.empty()) return;
    fakes::FakeHost machine;
    machine.variables[path] = "/chosen/file";
    CHECK(report(machine, vendor).find("/chosen/file: does not exist") != std::string::npos);
  });
}

TEST_CASE("the guide to credentials names the variables that select a profile") {
  int count = 0;
  for_each_column([&](const cloud::Vendor& vendor, const auto& cell) {
    const std::string variable = annotation(cell("3."), "profile");
    if (variable.empty()) return;
    fakes::FakeHost machine;
    const std::string path = machine.host.expand(std::string(vendor.profile_file));
    machine.files[path] = R"({"current":"a","profiles":[{"name":"a","mode":"AK"}]})";
    CHECK(report(machine, vendor).find(path + ": does not contain the profile") == std::string::npos);
    machine.variables[variable] = "missing";
    CHECK(report(machine, vendor).find(path + ": does not contain the profile") != std::string::npos);
    ++count;
  });
  CHECK(count == 2);
}

TEST_CASE("the guide to credentials names the variables that disable the metadata service") {
  int count = 0;
  for_each_column([&](const cloud::Vendor& vendor, const auto& cell) {
    for (const std::string& span : spans(cell("4."))) {
      if (!span.ends_with("=true")) continue;
      const std::string variable = span.substr(0, span.find('='));
      fakes::FakeHost machine;
      machine.variables[variable] = "true";
      CHECK(report(machine, vendor).find("disabled by " + variable) != std::string::npos);
      ++count;
    }
  });
  CHECK(count == 2);
}

TEST_CASE("the guide to credentials names the variables of a role to assume") {
  for_each_column([](const cloud::Vendor& vendor, const auto& cell) {
    const std::vector<std::string> named = variables_in(cell("Role to assume"));
    std::vector<std::string> known;
    for (const cloud::SettingVariables& each : vendor.setting_variables) {
      const bool selects = each.setting == "assume_role.role_arn" ||
                           each.setting == "assume_role.agency_name" ||
                           each.setting == "assume_role.domain_name";
      if (selects) known.emplace_back(each.variable);
    }
    CHECK(named == known);
  });
}

TEST_CASE("the guide to credentials and the provider's page name every variable that a search reads") {
  const std::string pages =
      guide("credentials.md") + core::read_file(IMAGE_SOURCE_DIR "/docs/index.md").value();
  const std::vector<std::string> documented = variables_in(pages);
  for (const cloud::Vendor* vendor : cloud::vendors()) {
    const std::string folder = IMAGE_SOURCE_DIR "/src/cloud/" + std::string(vendor->name);
    for (const char* file : {"/credentials.cc", "/vendor.cc"}) {
      const std::string code = core::read_file(folder + file).value();
      static const std::regex kLiteral("\"([A-Z][A-Z0-9]*_[A-Z0-9_]+)\"");
      for (std::sregex_iterator match(code.begin(), code.end(), kLiteral), end; match != end; ++match) {
        CAPTURE(vendor->name, match->str(1));
        CHECK(std::ranges::find(documented, match->str(1)) != documented.end());
      }
    }
  }
}

TEST_CASE("the guide to migrating names every resource whose state can be moved") {
  const std::string page = guide("migration.md");
  for (const provider::VendorSchema* vendor : provider::vendor_schemas()) {
    for (const provider::MovedResource& resource : vendor->moved) {
      CAPTURE(resource.type_name);
      CHECK(page.find("`" + std::string(resource.type_name) + "`") != std::string::npos);
    }
  }
}

TEST_CASE("the guide to migrating says of each attribute where it goes") {
  const Rows rows = table(guide("migration.md"), "| `alicloud_image_copy` |");
  const std::size_t last = rows.front().size() - 1;
  int count = 0;
  for (std::size_t column = 0; column < last; ++column) {
    const std::string type = spans(rows.front().at(column)).front();
    for (std::size_t row = 1; row < rows.size(); ++row) {
      for (const std::string& attribute : spans(rows[row].at(column))) {
        CAPTURE(type, attribute, rows[row].at(last));
        CHECK(targets_of(type, attribute) == documented_target(attribute, rows[row].at(last)));
        ++count;
      }
    }
  }
  CHECK(count > 20);
}
