#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace emulator {

/// What `{name}` stands for in a pattern such as `/v2/images/{id}/tags`; nothing if the path does not match.
/// A name stands for one segment that is not empty.
std::optional<std::map<std::string, std::string>> match_path(std::string_view pattern, std::string_view path);

}  // namespace emulator
