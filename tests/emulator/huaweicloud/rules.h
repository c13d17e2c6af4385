#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tests/emulator/huaweicloud/call.h"

/// Checks that several calls share.
namespace emulator::huaweicloud {

/// huaweicloud/API.md 4.2.
std::optional<ApiError> check_name(std::string_view name);
std::optional<ApiError> check_description(std::string_view description);

/// Parses the body, which must be an object. Returns IMG.0007 for an empty body and IMG.0001 for anything
/// else.
Result<Json> read_object(const Request& request);

/// Returns a string in the body; empty if it is absent or null.
Result<std::string> read_text(const Json& body, const char* key);

/// Finds the image in the path, which must belong to the caller's project or be public. Otherwise returns
/// `missing`.
Result<Image*> find_image(Context& context, const ApiError& missing);

}  // namespace emulator::huaweicloud
