#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tests/emulator/huaweicloud/call.h"

/// What several calls check.
namespace emulator::huaweicloud {

/// huaweicloud/API.md 4.2.
std::optional<ApiError> check_name(std::string_view name);
std::optional<ApiError> check_description(std::string_view description);

/// An object; IMG.0007 for an empty body, IMG.0001 for anything else.
Result<Json> read_object(const Request& request);

/// A text of the body; empty when absent or null.
Result<std::string> read_text(const Json& body, const char* key);

/// The image of the path, if it belongs to the caller's project or to everybody; `missing` says how it is
/// refused else.
Result<Image*> find_image(Context& context, const ApiError& missing);

}  // namespace emulator::huaweicloud
