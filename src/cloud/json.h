#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "src/http/message.h"

/// Reads responses of any content: nothing here throws or relies on a type.
namespace cloud {

/// Returns null for text that is not JSON, or that is nested too deeply.
nlohmann::json parse_json(std::string_view body);

/// Returns the member, or null if there is none or the value is not an object.
const nlohmann::json& member(const nlohmann::json& object, std::string_view name);
const nlohmann::json& member(nlohmann::json&& object, std::string_view name) = delete;

/// Returns a string as it is, a number or boolean as text, and an empty string for anything else.
std::string text_at(const nlohmann::json& object, std::string_view name);

/// Returns a number, also one that is written as a string.
std::optional<std::int64_t> integer_at(const nlohmann::json& object, std::string_view name);

/// Returns a boolean, also one that is written as a string in any letter case.
std::optional<bool> boolean_at(const nlohmann::json& object, std::string_view name);

/// Returns the elements, or none if the member is not a list.
const nlohmann::json::array_t& list_at(const nlohmann::json& object, std::string_view name);
const nlohmann::json::array_t& list_at(nlohmann::json&& object, std::string_view name) = delete;

/// Sets the body and its `Content-Type`. Replaces invalid UTF-8.
void set_json_body(http::Request& request, const nlohmann::json& body,
                   std::string_view content_type = "application/json");

/// Whether the value is a list of objects that each have a non-empty string of that name. Any other response
/// does not show what exists.
bool is_list_with(const nlohmann::json& value, std::string_view name);

}  // namespace cloud
