#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "src/http/message.h"

/// Reading of answers that may be anything: nothing here throws or trusts a type.
namespace cloud {

/// Null for what is not JSON, or nested deeper than any answer is.
nlohmann::json parse_json(std::string_view body);

/// The member, or null where there is none or the value is no object.
const nlohmann::json& member(const nlohmann::json& object, std::string_view name);
const nlohmann::json& member(nlohmann::json&& object, std::string_view name) = delete;

/// Text as it is, numbers and booleans as text; empty for anything else.
std::string text_at(const nlohmann::json& object, std::string_view name);

/// A number, or text that is one.
std::optional<std::int64_t> integer_at(const nlohmann::json& object, std::string_view name);

/// A boolean, or the text `true` or `false` in any letter case.
std::optional<bool> boolean_at(const nlohmann::json& object, std::string_view name);

/// The elements, or none where the member is no list.
const nlohmann::json::array_t& list_at(const nlohmann::json& object, std::string_view name);
const nlohmann::json::array_t& list_at(nlohmann::json&& object, std::string_view name) = delete;

/// Invalid UTF-8 is replaced.
void set_json_body(http::Request& request, const nlohmann::json& body,
                   std::string_view content_type = "application/json");

/// Whether the value is a list whose every element is an object with a text of that name that is not empty.
/// An answer that is otherwise says nothing about what is there and what is gone.
bool is_list_with(const nlohmann::json& value, std::string_view name);

}  // namespace cloud
