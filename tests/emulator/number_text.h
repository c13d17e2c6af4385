#pragma once

#include <optional>
#include <string_view>

namespace emulator {

/// Exactly the whole text as a decimal number, zero or more.
std::optional<int> parse_number(std::string_view text);

}  // namespace emulator
