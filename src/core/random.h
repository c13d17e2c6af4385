#pragma once

#include <cstdint>
#include <string>

namespace core {

/// Returns a random number from the system's random source.
std::uint32_t random_number();

/// Returns a random version 4 UUID in lower case from the system's random source, for nonces and client
/// tokens.
std::string random_uuid();

}  // namespace core
