#pragma once

#include <string>
#include <string_view>

#include "src/core/clock.h"

/// Certificates for AutoMTLS (PROTOCOL.md 2).
namespace tf::plugin {

/// A key pair for one run of the process; the private key never leaves it.
struct ServerIdentity {
  std::string certificate_pem;
  std::string private_key_pem;
  std::string certificate_field;  ///< DER in unpadded Base64, for the handshake line
};

/// Creates a self-signed P-256 certificate for `localhost` (PROTOCOL.md 2.2). Throws if OpenSSL fails.
ServerIdentity create_server_identity(core::UtcTime now);

/// Returns whether the text starts with a valid PEM certificate.
bool is_certificate(std::string_view pem);

}  // namespace tf::plugin
