#pragma once

#include <expected>
#include <map>
#include <string>

namespace cloud {

/// Names and values by section.
using IniSections = std::map<std::string, std::map<std::string, std::string>>;

/// The error says which line is wrong and how, without showing it.
std::expected<IniSections, std::string> parse_ini(const std::string& text);

}  // namespace cloud
