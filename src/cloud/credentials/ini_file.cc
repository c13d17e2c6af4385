#include "src/cloud/credentials/ini_file.h"

#include <ini.h>

#include "src/core/text.h"

namespace cloud {
namespace {

int on_value(void* sections, const char* section, const char* name, const char* value) {
  (*static_cast<IniSections*>(sections))[section][name] = value == nullptr ? "" : value;
  return 1;
}

/// The parser silently ignores the rest of longer lines.
constexpr std::size_t kMaxLine = 190;

}  // namespace

std::expected<IniSections, std::string> parse_ini(const std::string& text) {
  std::string plain;
  int number = 0;
  for (const std::string& whole : core::split(text, '\n')) {
    ++number;
    // The parser takes an indented line for the continuation of the one before.
    const std::string_view line = core::trim(whole);
    const bool is_comment = line.starts_with('#') || line.starts_with(';');
    if (!is_comment && line.size() > kMaxLine) {
      return std::unexpected("line " + std::to_string(number) + " has more than " + std::to_string(kMaxLine) +
                             " characters");
    }
    if (!is_comment) plain.append(line);
    plain += '\n';
  }
  IniSections sections;
  const int wrong_line = ini_parse_string(plain.c_str(), on_value, &sections);
  if (wrong_line != 0) {
    return std::unexpected("line " + std::to_string(wrong_line) + " is neither a section nor a setting");
  }
  return sections;
}

}  // namespace cloud
