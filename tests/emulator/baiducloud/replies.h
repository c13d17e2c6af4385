#pragma once

#include <string>

#include "tests/emulator/baiducloud/call.h"

namespace emulator::baiducloud {

/// Returns a reply with the vendor's headers (baiducloud/API.md 6.1).
http::Response render(int status, std::string body, const std::string& request_id);

/// `Available`, `CreatedFailed`, … (baiducloud/API.md 3.5). The source of a running copy may have another
/// status.
std::string status_word(const Image& image, const Environment& environment);

/// Returns whether the image is the source of a running copy and therefore not usable
/// (baiducloud/API.md 4.1).
bool is_busy(const Image& image, const Environment& environment);

/// An ImageModel (baiducloud/API.md 3.4).
Json image_json(const Image& image, const Environment& environment);

}  // namespace emulator::baiducloud
