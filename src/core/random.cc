#include "src/core/random.h"

#include <unistd.h>

#include <stdexcept>

#include "src/core/text.h"

namespace core {

namespace {

void fill_randomly(void* bytes, std::size_t count) {
  if (getentropy(bytes, count) != 0) throw std::runtime_error("the system could not provide random numbers");
}

}  // namespace

std::uint32_t random_number() {
  std::uint32_t number = 0;
  fill_randomly(&number, sizeof number);
  return number;
}

std::string random_uuid() {
  std::string bytes(16, '\0');
  fill_randomly(bytes.data(), bytes.size());
  bytes[6] = static_cast<char>((static_cast<std::uint8_t>(bytes[6]) & 0x0FU) | 0x40U);
  bytes[8] = static_cast<char>((static_cast<std::uint8_t>(bytes[8]) & 0x3FU) | 0x80U);
  std::string text = to_hex(bytes);
  for (std::size_t position : {8U, 13U, 18U, 23U}) text.insert(position, 1, '-');
  return text;
}

}  // namespace core
