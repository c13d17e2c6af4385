#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "tests/emulator/baiducloud/call.h"

/// What several calls check.
namespace emulator::baiducloud {

/// baiducloud/API.md 4.4.
std::optional<ApiError> check_name(std::string_view name);

/// The image with that id in the endpoint's region.
Result<Image*> find_image(Context& context, const std::string& id);

/// A text of the body; empty when absent.
Result<std::string> read_text(const Json& body, const char* key);

}  // namespace emulator::baiducloud
