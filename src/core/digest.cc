#include "src/core/digest.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <stdexcept>

#include "src/core/text.h"

namespace core {
namespace {

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string hmac(const EVP_MD* algorithm, std::string_view key, std::string_view data) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  const unsigned char* done = HMAC(algorithm, key.data(), static_cast<int>(key.size()), bytes_of(data),
                                   data.size(), digest.data(), &length);
  if (done == nullptr) throw std::runtime_error("OpenSSL could not compute an HMAC");
  return {reinterpret_cast<const char*>(digest.data()), length};
}

}  // namespace

std::string sha256(std::string_view data) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  if (EVP_Digest(data.data(), data.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("OpenSSL could not compute SHA-256");
  }
  return {reinterpret_cast<const char*>(digest.data()), length};
}

std::string sha256_hex(std::string_view data) {
  return core::to_hex(sha256(data));
}

std::string hmac_sha256(std::string_view key, std::string_view data) {
  return hmac(EVP_sha256(), key, data);
}

std::string hmac_sha256_hex(std::string_view key, std::string_view data) {
  return core::to_hex(hmac_sha256(key, data));
}

std::string hmac_sha1(std::string_view key, std::string_view data) {
  return hmac(EVP_sha1(), key, data);
}

std::string base64(std::string_view data) {
  std::string encoded(4 * ((data.size() + 2) / 3), '\0');
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()), bytes_of(data),
                  static_cast<int>(data.size()));
  return encoded;
}

}  // namespace core
