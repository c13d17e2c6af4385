#include "tests/emulator/alicloud/ids.h"

#include <cstdint>

#include "src/core/digest.h"
#include "src/core/text.h"
#include "tests/emulator/ids.h"

namespace emulator::alicloud {
namespace {

std::string region_letters(std::string_view region) {
  constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz";
  const std::string digest = core::sha256(region);
  std::string letters;
  for (std::size_t i = 0; i < 3; ++i) {
    letters += kAlphabet[static_cast<std::uint8_t>(digest[i]) % kAlphabet.size()];
  }
  return letters;
}

}  // namespace

std::string new_image_id(std::string_view region) {
  return "m-" + region_letters(region) + core::to_lower(random_text(17));
}

std::string new_snapshot_id(std::string_view region) {
  return "s-" + region_letters(region) + core::to_lower(random_text(17));
}

}  // namespace emulator::alicloud
