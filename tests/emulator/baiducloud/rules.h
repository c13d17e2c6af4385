#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tests/emulator/baiducloud/call.h"

/// Checks that several calls share.
namespace emulator::baiducloud {

/// baiducloud/API.md 4.4.
std::optional<ApiError> check_name(std::string_view name);

/// Finds the image with that ID in the endpoint's region.
Result<Image*> find_image(Context& context, const std::string& id);

/// Returns a string in the body; empty if it is absent.
Result<std::string> read_text(const Json& body, const char* key);

}  // namespace emulator::baiducloud
