#pragma once

#include <string>
#include <string_view>

#include "tests/emulator/image.h"

namespace emulator {

/// Alibaba `m-` and 20 letters or digits, Baidu `m-` and 8, Huawei a UUID.
std::string new_image_id(Cloud cloud, std::string_view region);

/// `s-` and 20 letters or digits.
std::string new_snapshot_id(std::string_view region);

/// 32 lower-case hexadecimal digits.
std::string new_hex_id();

/// `length` letters and digits.
std::string random_text(std::size_t length);

/// Alibaba an upper-case UUID, Baidu a UUID, Huawei 32 hexadecimal digits.
std::string new_request_id(Cloud cloud);

bool is_uuid(std::string_view text);

/// The same for the same account and project name: 32 hexadecimal digits (huaweicloud/API.md 1.3).
std::string project_id_of(std::string_view account, std::string_view project_name);

}  // namespace emulator
