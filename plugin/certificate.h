#pragma once

#include <string>
#include <string_view>

#include "src/core/clock.h"

/// The certificates of AutoMTLS (PROTOCOL.md 2).
namespace tf::plugin {

/// A key pair for one run of the process; the private key never leaves it.
struct ServerIdentity {
  std::string certificate_pem;
  std::string private_key_pem;
  std::string certificate_field;  ///< DER in unpadded Base64, for the handshake line
};

/// A fresh self-signed P-256 certificate for `localhost`. Throws if OpenSSL fails.
ServerIdentity create_server_identity(core::UtcTime now);

/// Whether the text is one PEM certificate that can be parsed.
bool is_certificate(std::string_view pem);

}  // namespace tf::plugin
