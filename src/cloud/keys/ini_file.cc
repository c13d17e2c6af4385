#include "src/cloud/keys/ini_file.h"

#include <ini.h>

namespace cloud {
namespace {

int on_value(void* sections, const char* section, const char* name, const char* value) {
  (*static_cast<IniSections*>(sections))[section][name] = value == nullptr ? "" : value;
  return 1;
}

}  // namespace

std::optional<IniSections> parse_ini(const std::string& text) {
  IniSections sections;
  if (ini_parse_string(text.c_str(), on_value, &sections) != 0) return std::nullopt;
  return sections;
}

}  // namespace cloud
