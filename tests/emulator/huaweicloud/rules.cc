#include "tests/emulator/huaweicloud/rules.h"

#include <algorithm>

#include "src/core/text.h"
#include "tests/emulator/huaweicloud/errors.h"

namespace emulator::huaweicloud {
namespace {

bool is_name_character(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  const bool plain = letter || (c >= '0' && c <= '9') || std::string_view("-._ ").contains(c);
  return plain || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

}  // namespace

std::optional<ApiError> check_name(std::string_view name) {
  if (name.empty()) return ims_refusal("0013", "The image name is missing.");
  if (!core::is_valid_utf8(name)) return ims_refusal("0003", "The image name is not UTF-8.");
  if (core::count_characters(name) > 128) {
    return ims_refusal("0002", "The image name is longer than 128 characters.");
  }
  if (name.starts_with(' ') || name.ends_with(' ') || !std::ranges::all_of(name, is_name_character)) {
    return ims_refusal("0003", "The image name may hold letters, digits, - . _ and inner spaces only.");
  }
  return std::nullopt;
}

std::optional<ApiError> check_description(std::string_view description) {
  if (core::count_characters(description) > 1024) {
    return ims_refusal("0004", "The description is longer than 1024 characters.");
  }
  if (is_text(description, 1024, "\r\n<>")) return std::nullopt;
  return ims_refusal("0054", "The description may not hold line ends, < or >.");
}

Result<Json> read_object(const Request& request) {
  if (core::trim(request.wire.body).empty())
    return std::unexpected(ims_refusal("0007", "The body is empty."));
  Json body = Json::parse(request.wire.body, nullptr, false);
  if (body.is_object()) return body;
  return std::unexpected(ims_refusal("0001", "The body is not a JSON object."));
}

Result<std::string> read_text(const Json& body, const char* key) {
  const auto found = body.find(key);
  if (found == body.end() || found->is_null()) return "";
  if (found->is_string()) return found->get<std::string>();
  return std::unexpected(ims_refusal("0001", std::string(key) + " must be text."));
}

Result<Image*> find_image(Context& context, const ApiError& missing) {
  const std::string& account = context.caller.key.account;
  Image* image =
      context.world.find(Cloud::huaweicloud, context.request.region, context.path["image_id"], account);
  if (image == nullptr) return std::unexpected(missing);
  const bool own = image->account == account;
  if (own && image->project_id != context.caller.project_id) return std::unexpected(missing);
  return image;
}

}  // namespace emulator::huaweicloud
