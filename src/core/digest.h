#pragma once

#include <string>
#include <string_view>

namespace core {

/// Digests are raw bytes, or lower-case hexadecimal if the name ends with `_hex`.
std::string sha256(std::string_view data);
std::string sha256_hex(std::string_view data);
std::string hmac_sha256(std::string_view key, std::string_view data);
std::string hmac_sha256_hex(std::string_view key, std::string_view data);
std::string hmac_sha1(std::string_view key, std::string_view data);

/// Base64 with the standard alphabet and padding.
std::string base64(std::string_view data);

}  // namespace core
