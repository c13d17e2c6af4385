#pragma once

#include <functional>
#include <string>
#include <vector>

namespace http {

/// Paths of the PEM files in which distributions keep trusted certificates, in the order in which they are
/// tried.
std::vector<std::string> usual_ca_bundles();

/// The certificates that HTTPS requests trust.
struct CaBundle {
  std::string file;       ///< PEM file; empty: none
  std::string folders;    ///< folders with hashed file names, separated by `:`; empty: none
  std::string not_found;  ///< if no file was found: which were tried and what to do; else empty

  bool operator==(const CaBundle&) const = default;
};

/// Uses `ca_file` alone if it is not empty. Otherwise uses `SSL_CERT_FILE`, or the first of `paths` that
/// contains certificates, together with `SSL_CERT_DIR`. `environment` returns empty text for variables that
/// are not set.
CaBundle find_ca_bundle(const std::string& ca_file,
                        const std::function<std::string(const char*)>& environment,
                        const std::vector<std::string>& paths);

}  // namespace http
