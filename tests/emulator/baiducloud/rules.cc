#include "tests/emulator/baiducloud/rules.h"

#include <algorithm>

#include "tests/emulator/baiducloud/errors.h"

namespace emulator::baiducloud {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_name_character(char c) {
  const bool plain = is_letter(c) || (c >= '0' && c <= '9') || std::string_view("-_/. ").contains(c);
  return plain || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

}  // namespace

std::optional<ApiError> check_name(std::string_view name) {
  const bool is_valid = is_text(name, 65) && !name.empty() && is_letter(name.front()) &&
                        std::ranges::all_of(name, is_name_character);
  if (is_valid) return std::nullopt;
  return api_error("Image.ImageNameInvalid",
                   "The name must have 1 to 65 characters, start with a letter and hold letters, digits and "
                   "- _ / . only.");
}

Result<Image*> find_image(Context& context, const std::string& id) {
  Image* image = context.world.find(Cloud::baiducloud, context.request.region, id, context.key.account);
  if (image != nullptr) return image;
  return std::unexpected(api_error("NoSuchObject", "There is no image " + id + " in this region."));
}

Result<std::string> read_text(const Json& body, const char* key) {
  const auto found = body.find(key);
  if (found == body.end() || found->is_null()) return "";
  if (found->is_string()) return found->get<std::string>();
  return std::unexpected(api_error("InappropriateJSON", std::string(key) + " must be text."));
}

}  // namespace emulator::baiducloud
