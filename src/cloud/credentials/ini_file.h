#pragma once

#include <expected>
#include <map>
#include <string>

namespace cloud {

/// Names and values by section.
using IniSections = std::map<std::string, std::map<std::string, std::string>>;

/// The error names the invalid line by its number, without showing it.
std::expected<IniSections, std::string> parse_ini(const std::string& text);

}  // namespace cloud
