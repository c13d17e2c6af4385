#pragma once

#include <expected>
#include <string>

namespace core {

/// The content of a file, or why there is none, as the rest of a sentence that begins with the file: "does
/// not exist".
using FileResult = std::expected<std::string, std::string>;

FileResult read_file(const std::string& path);

}  // namespace core
