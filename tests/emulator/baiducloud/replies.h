#pragma once

#include <string>

#include "tests/emulator/baiducloud/call.h"

namespace emulator::baiducloud {

/// An answer with the vendor's headers (baiducloud/API.md 6.1).
http::Response render(int status, std::string body, const std::string& request_id);

/// `Available`, `CreatedFailed`, … (baiducloud/API.md 3.5). The source of a running copy may show another
/// one.
std::string status_word(const Image& image, const Scene& scene);

/// True while the image is copied elsewhere and cannot be used for anything else (baiducloud/API.md 4.1).
bool is_busy(const Image& image, const Scene& scene);

/// An ImageModel (baiducloud/API.md 3.4).
Json image_json(const Image& image, const Scene& scene);

}  // namespace emulator::baiducloud
