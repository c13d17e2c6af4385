#pragma once

#include <expected>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/emulator/switches.h"
#include "tests/emulator/world.h"

namespace emulator {

/// Applies a seed completely, or not at all if there is an error in it. The error says what is wrong where.
std::expected<void, std::string> apply_seed(const nlohmann::json& seed, World& world, Switches& switches);

}  // namespace emulator
