#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "tests/plugin/openssl_handles.h"

/// The certificates of AutoMTLS from the client's side (PROTOCOL.md 2.1, 2.2).
namespace harness {

/// The client's certificate and key.
struct ClientIdentity {
  std::string certificate_pem;
  std::string private_key_pem;
};

/// Creates a new identity with the properties of go-plugin's: P-521, self-signed, for `localhost`.
ClientIdentity create_client_identity();

/// Decodes unpadded Base64 in the standard alphabet. The error reads as the end of a sentence.
std::expected<std::string, std::string> decode_base64(std::string_view text);

/// Returns nullptr if the bytes are not exactly one certificate.
X509Handle read_der_certificate(std::string_view der);
X509Handle read_pem_certificate(std::string_view pem);
Key read_pem_key(std::string_view pem);

std::string to_pem(X509* certificate);
std::string to_der(X509* certificate);

}  // namespace harness
