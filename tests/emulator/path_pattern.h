#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace emulator {

/// Matches a path against a pattern such as `/v2/images/{id}/tags`, in which `{id}` matches one non-empty
/// segment. Returns the segments by name, or nullopt if the path does not match.
std::optional<std::map<std::string, std::string>> match_path(std::string_view pattern, std::string_view path);

}  // namespace emulator
