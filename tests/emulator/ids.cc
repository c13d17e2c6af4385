#include "tests/emulator/ids.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "src/core/digest.h"
#include "src/core/random.h"
#include "src/core/text.h"

namespace emulator {

std::string random_text(std::size_t length) {
  constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::string text;
  while (text.size() < length) {
    for (const char byte : core::sha256(core::random_uuid())) {
      text += kAlphabet[static_cast<std::uint8_t>(byte) % kAlphabet.size()];
    }
  }
  text.resize(length);
  return text;
}

std::string new_hex_id() {
  return core::replace_all(core::random_uuid(), "-", "");
}

bool is_uuid(std::string_view text) {
  constexpr std::array<std::size_t, 4> kDashes = {8, 13, 18, 23};
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = std::ranges::find(kDashes, i) != kDashes.end();
    const bool digit = std::string_view("0123456789abcdefABCDEF").contains(text[i]);
    if (dash ? text[i] != '-' : !digit) return false;
  }
  return true;
}

}  // namespace emulator
