#pragma once

#include <string>
#include <string_view>

namespace core {

/// All digests are raw bytes unless the name says otherwise.
std::string sha256(std::string_view data);
std::string sha256_hex(std::string_view data);
std::string hmac_sha256(std::string_view key, std::string_view data);
std::string hmac_sha256_hex(std::string_view key, std::string_view data);
std::string hmac_sha1(std::string_view key, std::string_view data);

/// Standard alphabet with padding.
std::string base64(std::string_view data);

}  // namespace core
