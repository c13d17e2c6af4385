#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>
#include <vector>

#include "src/cloud/alicloud/errors.h"
#include "src/cloud/baiducloud/errors.h"
#include "src/cloud/huaweicloud/errors.h"
#include "src/core/text.h"
#include "tests/support/catch.h"

// The tables of error codes in the references are the source of the tables in the code.

namespace {

struct Reference {
  const char* vendor;
  std::optional<cloud::CodeMeaning> (*find_meaning)(std::string_view code);
  std::size_t min_codes;  // so that a table that is no longer found does not pass
};

using Row = std::vector<std::string>;

Row cells_of(const std::string& line) {
  Row cells;
  for (const std::string& cell : core::split(line.substr(1), '|')) cells.emplace_back(core::trim(cell));
  return cells;
}

/// The codes in a cell: in backticks, where `.Part` continues the one before, or `0123` of Huawei Cloud.
std::vector<std::string> codes_in(const std::string& cell) {
  static const std::regex kQuoted(R"(`(\.?[A-Za-z][\w.]*)`)");
  static const std::regex kPlain(R"(^(?:(\d{4})(?: \+)?|(APIGW\.\d{4}))$)");
  std::vector<std::string> codes;
  for (std::sregex_iterator match(cell.begin(), cell.end(), kQuoted), end; match != end; ++match) {
    std::string code = match->str(1);
    if (code.starts_with('.') && !codes.empty())
      code = codes.back().substr(0, codes.back().rfind('.')) + code;
    codes.push_back(std::move(code));
  }
  std::smatch plain;
  if (std::regex_match(cell, plain, kPlain)) {
    codes.push_back(plain[1].matched ? "IMG." + plain.str(1) : plain.str(2));
  }
  return codes;
}

/// The codes of all tables with a column of codes. Left out are those that only calls return which this
/// provider does not make: another call's column, and Huawei Cloud's codes without a mark in the column `R`.
std::vector<std::string> documented_codes(const std::string& vendor) {
  std::ifstream file(std::filesystem::path(IMAGE_SOURCE_DIR) / "src/cloud" / vendor / "API.md");
  std::vector<std::string> codes;
  Row header;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with('|')) {
      header.clear();
      continue;
    }
    const Row cells = cells_of(line);
    if (header.empty()) {
      header = cells;
      continue;
    }
    const auto column_of = [&](const char* name) { return std::ranges::find(header, name) - header.begin(); };
    const auto size = static_cast<std::ptrdiff_t>(std::min(header.size(), cells.size()));
    const bool is_of_regions = column_of("Place") < size;
    const bool is_marked = column_of("R") >= size || !cells[static_cast<std::size_t>(column_of("R"))].empty();
    const auto column = std::min(column_of("Code"), column_of("Code of DeleteSnapshot"));
    if (is_of_regions || !is_marked || column >= size) continue;
    for (std::string& code : codes_in(cells[static_cast<std::size_t>(column)]))
      codes.push_back(std::move(code));
  }
  return codes;
}

}  // namespace

TEST_CASE("each error code of the references has a meaning") {
  for (const Reference& reference :
       {Reference{.vendor = "alicloud", .find_meaning = cloud::alicloud::find_meaning, .min_codes = 150},
        Reference{.vendor = "baiducloud", .find_meaning = cloud::baiducloud::find_meaning, .min_codes = 25},
        Reference{
            .vendor = "huaweicloud", .find_meaning = cloud::huaweicloud::find_meaning, .min_codes = 90}}) {
    const std::vector<std::string> codes = documented_codes(reference.vendor);
    CAPTURE(reference.vendor);
    CHECK(codes.size() >= reference.min_codes);
    for (const std::string& code : codes) {
      if (!reference.find_meaning(code)) FAIL_CHECK("no meaning for " << code);
    }
  }
}
