#pragma once

#include <expected>
#include <filesystem>
#include <string>

#include "tests/emulator/world.h"

namespace emulator {

/// The world as text and back, so that it outlives the process. Nonces, faults, switches and the journal do
/// not.
std::string write_world(const WorldData& data);
std::expected<WorldData, std::string> read_world(const std::string& text);

/// Replaces a file as a whole: readers see the old or the new content, never a part.
std::expected<void, std::string> replace_file(const std::filesystem::path& path, const std::string& content);

}  // namespace emulator
