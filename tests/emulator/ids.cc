#include "tests/emulator/ids.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "src/core/digest.h"
#include "src/core/random.h"
#include "src/core/text.h"

namespace emulator {
namespace {

/// Letters that depend only on the region, as in the vendor's IDs.
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

std::string new_image_id(Cloud cloud, std::string_view region) {
  switch (cloud) {
    case Cloud::alicloud: return "m-" + region_letters(region) + core::to_lower(random_text(17));
    case Cloud::baiducloud: return "m-" + random_text(8);
    case Cloud::huaweicloud: return core::random_uuid();
  }
  return "";
}

std::string new_snapshot_id(std::string_view region) {
  return "s-" + region_letters(region) + core::to_lower(random_text(17));
}

std::string new_hex_id() {
  return core::replace_all(core::random_uuid(), "-", "");
}

std::string new_request_id(Cloud cloud) {
  switch (cloud) {
    case Cloud::alicloud: return core::to_upper(core::random_uuid());
    case Cloud::baiducloud: return core::random_uuid();
    case Cloud::huaweicloud: return new_hex_id();
  }
  return "";
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

std::string project_id_of(std::string_view account, std::string_view project_name) {
  return core::sha256_hex(std::string(account) + "/" + std::string(project_name)).substr(0, 32);
}

}  // namespace emulator
