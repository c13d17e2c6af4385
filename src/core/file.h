#pragma once

#include <optional>
#include <string>

namespace core {

/// Returns the content of a file, or nullopt if it cannot be read.
std::optional<std::string> read_file(const std::string& path);

}  // namespace core
