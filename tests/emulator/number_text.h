#pragma once

#include <optional>
#include <string_view>

namespace emulator {

/// Parses a decimal number of at least zero. Returns nullopt if the text contains anything else.
std::optional<int> parse_number(std::string_view text);

}  // namespace emulator
