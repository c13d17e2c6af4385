#pragma once

#include <string>
#include <string_view>

namespace emulator {

/// Returns `length` random letters and digits.
std::string random_text(std::size_t length);

/// Returns 32 lower-case hexadecimal digits.
std::string new_hex_id();

bool is_uuid(std::string_view text);

}  // namespace emulator
