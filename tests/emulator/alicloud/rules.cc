#include "tests/emulator/alicloud/rules.h"

#include <algorithm>
#include <set>

#include "src/core/text.h"
#include "tests/emulator/alicloud/errors.h"
#include "tests/emulator/number_text.h"

namespace emulator::alicloud {
namespace {

constexpr std::size_t kMaxTags = 20;

bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_name_character(char c) {
  const bool plain = is_ascii_letter(c) || (c >= '0' && c <= '9') || std::string_view(".:_-").contains(c);
  return plain || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

bool has_url(std::string_view text) {
  return text.contains("http://") || text.contains("https://");
}

bool starts_reserved(std::string_view text) {
  return text.starts_with("acs:") || text.starts_with("aliyun");
}

}  // namespace

std::optional<ApiError> check_name(std::string_view name) {
  const bool starts_well =
      !name.empty() && (is_ascii_letter(name.front()) || (static_cast<unsigned char>(name.front()) & 0x80U));
  const bool is_valid = is_text(name, 128) && core::count_characters(name) >= 2 && starts_well &&
                        !starts_reserved(name) && !has_url(name) &&
                        std::ranges::all_of(name, is_name_character);
  if (is_valid) return std::nullopt;
  return api_error(
      "InvalidImageName.Malformed",
      "The image name must have 2 to 128 characters, start with a letter and hold letters, digits "
      "and . : _ - only; it must not start with aliyun or acs:.");
}

std::optional<ApiError> check_description(std::string_view description) {
  const bool is_valid = is_text(description, 256) && core::count_characters(description) >= 2 &&
                        !description.starts_with("http://") && !description.starts_with("https://");
  if (is_valid) return std::nullopt;
  return api_error("InvalidDescription.Malformed",
                   "The description must have 2 to 256 characters and not start with http:// or https://.");
}

std::optional<ApiError> check_tags(const std::vector<std::pair<std::string, std::string>>& tags) {
  if (tags.size() > kMaxTags) return api_error("NumberExceed.Tags", "A call takes at most 20 tags.");
  std::set<std::string> keys;
  for (const auto& [key, value] : tags) {
    if (key.empty() || !is_text(key, 128) || starts_reserved(key) || has_url(key)) {
      return api_error("InvalidTagKey.Malformed", "The tag key \"" + key + "\" is not allowed.");
    }
    if (!is_text(value, 128) || value.starts_with("acs:") || has_url(value)) {
      return api_error("InvalidTagValue.Malformed", "The tag value \"" + value + "\" is not allowed.");
    }
    if (!keys.insert(key).second) {
      return api_error("Duplicate.TagKey", "The tag key \"" + key + "\" is given twice.");
    }
  }
  return std::nullopt;
}

Result<Image*> find_image(Context& context) {
  const std::string id = context.call.get("ImageId");
  if (id.empty()) return std::unexpected(missing("ImageId"));
  Image* image = context.world.find(Cloud::alicloud, context.region, id, context.key.account);
  if (image != nullptr) return image;
  return std::unexpected(
      api_error("InvalidImageId.NotFound", "There is no image " + id + " in this region."));
}

bool name_is_taken(const World& world, const ImageKey& of, std::string_view account, std::string_view name) {
  return std::ranges::any_of(world.data().images, [&](const auto& entry) {
    const Image& other = entry.second;
    return other.key.cloud == of.cloud && other.key.region == of.region && other.key.id != of.id &&
           other.account == account && other.name == name;
  });
}

std::optional<ApiError> check_dry_run(const Call& call) {
  if (call.get("DryRun") != "true") return std::nullopt;
  return api_error("DryRunOperation", "The request would have succeeded; it was a dry run.");
}

Result<int> read_number(const Call& call, const std::string& name, int min, int max, int default_value) {
  const std::string text = call.get(name);
  if (text.empty()) return default_value;
  const auto number = parse_number(text);
  if (number && *number >= min && *number <= max) return *number;
  return std::unexpected(api_error("InvalidParameter", "The parameter \"" + name + "\" must be between " +
                                                           std::to_string(min) + " and " +
                                                           std::to_string(max) + "."));
}

}  // namespace emulator::alicloud
