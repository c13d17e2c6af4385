#include "src/http/ca_bundle.h"

#include <algorithm>

#include "src/core/file.h"
#include "src/core/text.h"

namespace http {
namespace {

/// An earlier file may exist but be empty.
bool has_certificates(const std::string& path) {
  const auto text = core::read_file(path);
  return text && text->find("-----BEGIN ") != std::string::npos;
}

std::string describe_search(const std::vector<std::string>& paths, const std::string& folders) {
  std::string text = "No file with trusted certificates was found at " + core::join(paths, ", ");
  if (!folders.empty()) text += ", or in the directories of SSL_CERT_DIR, " + folders;
  return text +
         ". Install the package ca-certificates, or set SSL_CERT_FILE or the provider argument ca_file to "
         "the "
         "path of such a file";
}

}  // namespace

std::vector<std::string> usual_ca_bundles() {
  return {
      "/etc/ssl/certs/ca-certificates.crt",                 // Debian, Ubuntu, Alpine, Arch, Gentoo
      "/etc/pki/tls/certs/ca-bundle.crt",                   // Fedora, RHEL and derivatives
      "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  // the same, without the compatibility link
      "/etc/ssl/ca-bundle.pem",                             // openSUSE, SLES
      "/etc/ssl/cert.pem",                                  // Alpine, FreeBSD
      "/etc/ssl/certs/ca-bundle.crt",                       // NixOS
      "/usr/local/share/certs/ca-root-nss.crt",             // FreeBSD
  };
}

CaBundle find_ca_bundle(const std::string& ca_file,
                        const std::function<std::string(const char*)>& environment,
                        const std::vector<std::string>& paths) {
  if (!ca_file.empty()) return {.file = ca_file};
  CaBundle bundle{.file = environment("SSL_CERT_FILE"), .folders = environment("SSL_CERT_DIR")};
  if (!bundle.file.empty()) return bundle;
  const auto found = std::ranges::find_if(paths, has_certificates);
  if (found == paths.end()) {
    bundle.not_found = describe_search(paths, bundle.folders);
  } else {
    bundle.file = *found;
  }
  return bundle;
}

}  // namespace http
