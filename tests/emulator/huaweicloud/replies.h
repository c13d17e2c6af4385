#pragma once

#include <string>

#include "tests/emulator/huaweicloud/call.h"

namespace emulator::huaweicloud {

http::Response render(const Reply& reply, const std::string& request_id);

/// `queued`, `saving`, `active`, `killed` (huaweicloud/API.md 3.5, 6.3).
/// The time until a job creates its image, a few seconds at most (huaweicloud/API.md 6.3).
Duration preparation_of(const Copy& job);

std::string status_word(const Image& image, const Environment& environment);

/// An image, with the attributes that apply to it (huaweicloud/API.md 3.5).
Json image_json(const Image& image, const Environment& environment);

/// A job (huaweicloud/API.md 3.3, 6.3).
Json job_json(const Copy& job, const Environment& environment);

}  // namespace emulator::huaweicloud
