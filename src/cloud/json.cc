#include "src/cloud/json.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "src/core/text.h"

namespace cloud {

using nlohmann::json;

namespace {

/// Deeper than any response. Bounded because copying a value recurses.
constexpr int kDeepest = 64;

std::optional<std::int64_t> whole_number(double number) {
  constexpr double kExact = 9007199254740992.0;  // 2^53: every whole number below has a double of its own
  if (!(std::abs(number) < kExact)) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

}  // namespace

json parse_json(std::string_view body) {
  bool too_deep = false;
  const auto keep = [&](int depth, json::parse_event_t /*event*/, json& /*parsed*/) {
    too_deep = too_deep || depth > kDeepest;
    return depth <= kDeepest;
  };
  json parsed = json::parse(body, keep, false);
  if (too_deep || parsed.is_discarded()) return {};
  return parsed;
}

const json& member(const json& object, std::string_view name) {
  static const json kNull;
  if (!object.is_object()) return kNull;
  const auto found = object.find(name);
  return found == object.end() ? kNull : *found;
}

std::string text_at(const json& object, std::string_view name) {
  const json& value = member(object, name);
  if (value.is_string()) return value.get<std::string>();
  return value.is_number() || value.is_boolean() ? value.dump() : "";
}

std::optional<std::int64_t> integer_at(const json& object, std::string_view name) {
  const json& value = member(object, name);
  if (value.is_number_float()) return whole_number(value.get<double>());
  if (value.is_number_unsigned() && !std::in_range<std::int64_t>(value.get<std::uint64_t>()))
    return std::nullopt;
  if (value.is_number()) return value.get<std::int64_t>();
  if (!value.is_string()) return std::nullopt;
  const auto& text = value.get_ref<const std::string&>();
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<bool> boolean_at(const json& object, std::string_view name) {
  const json& value = member(object, name);
  if (value.is_boolean()) return value.get<bool>();
  const std::string word = core::to_lower(text_at(object, name));
  if (word == "true") return true;
  if (word == "false") return false;
  return std::nullopt;
}

const json::array_t& list_at(const json& object, std::string_view name) {
  static const json::array_t kEmpty;
  const json& value = member(object, name);
  return value.is_array() ? value.get_ref<const json::array_t&>() : kEmpty;
}

void set_json_body(http::Request& request, const json& body, std::string_view content_type) {
  request.body = body.dump(-1, ' ', false, json::error_handler_t::replace);
  http::set_header(request.headers, "Content-Type", std::string(content_type));
}

bool is_list_with(const nlohmann::json& value, std::string_view name) {
  return value.is_array() && std::ranges::all_of(value, [&](const nlohmann::json& item) {
           return member(item, name).is_string() && !text_at(item, name).empty();
         });
}

}  // namespace cloud
