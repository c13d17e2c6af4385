#include "tests/emulator/json_reader.h"

#include <algorithm>
#include <utility>

#include "src/core/text.h"
#include "tests/emulator/durations.h"

namespace emulator {

using nlohmann::json;

JsonReader::JsonReader(const json& object, std::string where) : object_(object), where_(std::move(where)) {
  if (!object.is_object()) error_ = where_ + " must be a JSON object";
}

const json* JsonReader::find(std::string_view key) {
  known_.emplace(key);
  if (!object_.is_object()) return nullptr;
  const auto found = object_.find(key);
  return found == object_.end() || found->is_null() ? nullptr : &*found;
}

void JsonReader::fail(std::string_view key, std::string_view problem) {
  if (error_.empty()) error_ = where_ + ": \"" + std::string(key) + "\" " + std::string(problem);
}

void JsonReader::require(std::string_view key) {
  if (find(key) == nullptr) fail(key, "is missing");
}

void JsonReader::read(std::string_view key, std::string& target) {
  const json* value = find(key);
  if (value == nullptr) return;
  if (!value->is_string()) return fail(key, "must be text");
  target = value->get<std::string>();
}

void JsonReader::read(std::string_view key, std::optional<std::string>& target) {
  if (find(key) == nullptr) return;
  target.emplace();
  read(key, *target);
}

void JsonReader::read(std::string_view key, int& target) {
  const json* value = find(key);
  if (value == nullptr) return;
  if (!value->is_number_integer() || *value < 0 || *value > 1'000'000'000) {
    return fail(key, "must be a whole number, zero or more");
  }
  target = value->get<int>();
}

void JsonReader::read(std::string_view key, bool& target) {
  const json* value = find(key);
  if (value == nullptr) return;
  if (!value->is_boolean()) return fail(key, "must be true or false");
  target = value->get<bool>();
}

void JsonReader::read(std::string_view key, Duration& target) {
  const json* value = find(key);
  if (value == nullptr) return;
  const auto span = value->is_string() ? parse_span(value->get<std::string>()) : std::nullopt;
  if (!span) return fail(key, "must be a duration such as 90s");
  target = *span;
}

void JsonReader::read(std::string_view key, std::optional<Duration>& target) {
  if (find(key) == nullptr) return;
  target.emplace();
  read(key, *target);
}

void JsonReader::read(std::string_view key, std::vector<std::string>& target) {
  const json* value = find(key);
  if (value == nullptr) return;
  const auto is_text = [](const json& item) { return item.is_string(); };
  if (!value->is_array() || !std::ranges::all_of(*value, is_text)) return fail(key, "must be a list of text");
  target = value->get<std::vector<std::string>>();
}

void JsonReader::read(std::string_view key, std::vector<int>& target) {
  const json* value = find(key);
  if (value == nullptr) return;
  const auto is_number = [](const json& item) { return item.is_number_integer() && item >= 0; };
  if (!value->is_array() || !std::ranges::all_of(*value, is_number)) {
    return fail(key, "must be a list of whole numbers");
  }
  target = value->get<std::vector<int>>();
}

void JsonReader::read(std::string_view key, std::map<std::string, std::string>& target) {
  const json* value = find(key);
  if (value == nullptr) return;
  const auto is_text = [](const json& item) { return item.is_string(); };
  if (!value->is_object() || !std::ranges::all_of(*value, is_text)) {
    return fail(key, "must be an object of text");
  }
  target = value->get<std::map<std::string, std::string>>();
}

std::expected<void, std::string> JsonReader::done() const {
  if (!error_.empty()) return std::unexpected(error_);
  std::vector<std::string> unknown;
  for (const auto& [key, value] : object_.items()) {
    if (!known_.contains(key)) unknown.push_back("\"" + key + "\"");
  }
  if (unknown.empty()) return {};
  const std::vector<std::string> known(known_.begin(), known_.end());
  return std::unexpected(where_ + " has unknown keys: " + core::join(unknown, ", ") +
                         "; the known keys are: " + core::join(known, ", "));
}

}  // namespace emulator
