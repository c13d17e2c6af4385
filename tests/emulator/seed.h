#pragma once

#include <expected>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/emulator/switches.h"
#include "tests/emulator/world.h"

namespace emulator {

/// Adds everything that the seed names, or nothing if anything in it is wrong. The error says what and where.
std::expected<void, std::string> apply_seed(const nlohmann::json& seed, World& world, Switches& switches);

}  // namespace emulator
