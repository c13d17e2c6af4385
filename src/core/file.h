#pragma once

#include <optional>
#include <string>

namespace core {

/// The whole text of a file; nullopt if it cannot be read.
std::optional<std::string> read_file(const std::string& path);

}  // namespace core
