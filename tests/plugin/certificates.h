#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "tests/plugin/openssl_handles.h"

/// The two certificates of AutoMTLS as the client sees them (PROTOCOL.md 2.1, 2.2).
namespace harness {

/// What the client shows.
struct ClientIdentity {
  std::string certificate_pem;
  std::string private_key_pem;
};

/// A fresh one with the properties of go-plugin's own: P-521, self-signed, for `localhost`.
ClientIdentity create_client_identity();

/// The bytes of unpadded Base64 in the standard alphabet; the error says what it is instead.
std::expected<std::string, std::string> decode_base64(std::string_view text);

/// Null if the bytes are anything but one certificate.
X509Handle read_der_certificate(std::string_view der);
X509Handle read_pem_certificate(std::string_view pem);
Key read_pem_key(std::string_view pem);

std::string to_pem(X509* certificate);
std::string to_der(X509* certificate);

}  // namespace harness
