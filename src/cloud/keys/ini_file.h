#pragma once

#include <map>
#include <optional>
#include <string>

namespace cloud {

/// Names and values by section.
using IniSections = std::map<std::string, std::map<std::string, std::string>>;

/// Nothing if a line is neither a section nor a name with a value.
std::optional<IniSections> parse_ini(const std::string& text);

}  // namespace cloud
