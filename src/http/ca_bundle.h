#pragma once

#include <functional>
#include <string>
#include <vector>

namespace http {

/// Where distributions keep the certificates that they trust, as one PEM file; looked at in this order.
std::vector<std::string> usual_ca_bundles();

/// The certificates that https calls trust.
struct CaBundle {
  std::string file;       ///< in PEM form; may be empty
  std::string folders;    ///< with hashed names, `:` between them; may be empty
  std::string not_found;  ///< where a file was looked for and what to do, if there is none; else empty

  bool operator==(const CaBundle&) const = default;
};

/// `ca_file` alone if it is given. Else what `SSL_CERT_FILE` and `SSL_CERT_DIR` say, which `environment`
/// tells (empty: not set); without the former the first of `places` that holds
/// certificates.
CaBundle find_ca_bundle(const std::string& ca_file,
                        const std::function<std::string(const char*)>& environment,
                        const std::vector<std::string>& places);

}  // namespace http
