#include "src/http/ca_bundle.h"

#include <algorithm>

#include "src/core/file.h"
#include "src/core/text.h"

namespace http {
namespace {

/// One that is empty may stand before a good one.
bool has_certificates(const std::string& path) {
  const auto text = core::read_file(path);
  return text && text->find("-----BEGIN ") != std::string::npos;
}

std::string describe_search(const std::vector<std::string>& places, const std::string& folders) {
  std::string text = "There is no file of trusted certificates; looked at were " + core::join(places, ", ");
  if (!folders.empty()) text += ", beside the folders of SSL_CERT_DIR, " + folders;
  return text +
         ". Install the package ca-certificates, or name such a file in SSL_CERT_FILE or in ca_file of the "
         "provider";
}

}  // namespace

std::vector<std::string> usual_ca_bundles() {
  return {
      "/etc/ssl/certs/ca-certificates.crt",                 // Debian, Ubuntu, Alpine, Arch, Gentoo
      "/etc/pki/tls/certs/ca-bundle.crt",                   // Fedora, RHEL and what is made from it
      "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  // the same, without its older names
      "/etc/ssl/ca-bundle.pem",                             // openSUSE, SLES
      "/etc/ssl/cert.pem",                                  // Alpine, FreeBSD
      "/etc/ssl/certs/ca-bundle.crt",                       // NixOS
      "/usr/local/share/certs/ca-root-nss.crt",             // FreeBSD
  };
}

CaBundle find_ca_bundle(const std::string& ca_file,
                        const std::function<std::string(const char*)>& environment,
                        const std::vector<std::string>& places) {
  if (!ca_file.empty()) return {.file = ca_file};
  CaBundle bundle{.file = environment("SSL_CERT_FILE"), .folders = environment("SSL_CERT_DIR")};
  if (!bundle.file.empty()) return bundle;
  const auto found = std::ranges::find_if(places, has_certificates);
  if (found == places.end()) {
    bundle.not_found = describe_search(places, bundle.folders);
  } else {
    bundle.file = *found;
  }
  return bundle;
}

}  // namespace http
