#pragma once

#include <string>
#include <string_view>

namespace core {

/// Digests are raw bytes, in hexadecimal where the name says so.
std::string sha256(std::string_view data);
std::string sha256_hex(std::string_view data);
std::string hmac_sha256(std::string_view key, std::string_view data);
std::string hmac_sha256_hex(std::string_view key, std::string_view data);
std::string hmac_sha1(std::string_view key, std::string_view data);

/// Standard alphabet with padding.
std::string base64(std::string_view data);

}  // namespace core
