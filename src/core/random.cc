#include "src/core/random.h"

#include <cstdint>
#include <random>

#include "src/core/text.h"

namespace core {

std::string random_uuid() {
  std::random_device source;
  std::string bytes(16, '\0');
  for (char& byte : bytes) byte = static_cast<char>(source());
  bytes[6] = static_cast<char>((static_cast<std::uint8_t>(bytes[6]) & 0x0FU) | 0x40U);
  bytes[8] = static_cast<char>((static_cast<std::uint8_t>(bytes[8]) & 0x3FU) | 0x80U);
  std::string text = to_hex(bytes);
  for (std::size_t position : {8U, 13U, 18U, 23U}) text.insert(position, 1, '-');
  return text;
}

}  // namespace core
