#pragma once

#include <expected>
#include <filesystem>
#include <string>

#include "tests/emulator/world.h"

namespace emulator {

/// Serializes and parses the world, so that it survives restarts. Nonces, faults, switches and the journal
/// are not saved.
std::string write_world(const WorldData& data);
std::expected<WorldData, std::string> read_world(const std::string& text);

/// Replaces a file atomically: readers see the old or the new content.
std::expected<void, std::string> replace_file(const std::filesystem::path& path, const std::string& content);

}  // namespace emulator
