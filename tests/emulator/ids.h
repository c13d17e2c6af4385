#pragma once

#include <string>
#include <string_view>

#include "tests/emulator/image.h"

namespace emulator {

/// Returns an image ID: `m-` and 20 letters or digits on Alibaba, `m-` and 8 on Baidu, a UUID on Huawei.
std::string new_image_id(Cloud cloud, std::string_view region);

/// Returns `s-` and 20 letters or digits.
std::string new_snapshot_id(std::string_view region);

/// Returns 32 lower-case hexadecimal digits.
std::string new_hex_id();

/// Returns `length` random letters and digits.
std::string random_text(std::size_t length);

/// Returns a request ID: an upper-case UUID on Alibaba, a UUID on Baidu, 32 hexadecimal digits on Huawei.
std::string new_request_id(Cloud cloud);

bool is_uuid(std::string_view text);

/// Returns a project ID of 32 hexadecimal digits, which depends only on the account and the project's name
/// (huaweicloud/API.md 1.3).
std::string project_id_of(std::string_view account, std::string_view project_name);

}  // namespace emulator
