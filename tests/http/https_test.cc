#include <cstdlib>

#include "src/http/curl_transport.h"
#include "tests/support/catch.h"
#include "tests/support/test_folder.h"
#include "tests/support/tls_server.h"

using http::CurlTransport;
using http::TransportFailure;

namespace {

class TlsServer : public harness::TlsServer {
 public:
  TlsServer()
      : harness::TlsServer([](httplib::SSLServer& server) {
          server.Get("/", [](const httplib::Request&, httplib::Response& response) {
            response.set_content("over TLS", "text/plain");
          });
        }) {}

  [[nodiscard]] http::Request request() const { return {.scheme = "https", .host = host(), .direct = true}; }
};

/// Sets the environment variables for CA bundles, and unsets them in the destructor.
class TrustVariables {
 public:
  explicit TrustVariables(const std::map<std::string, std::string>& values = {}) {
    clear();
    for (const auto& [name, value] : values) setenv(name.c_str(), value.c_str(), 1);
  }
  TrustVariables(const TrustVariables&) = delete;
  TrustVariables& operator=(const TrustVariables&) = delete;
  ~TrustVariables() { clear(); }

 private:
  static void clear() {
    unsetenv("SSL_CERT_FILE");
    unsetenv("SSL_CERT_DIR");
  }
};

std::string body(CurlTransport& transport, const TlsServer& server) {
  const auto response = transport.send(server.request(), {});
  return response ? response->body : response.error().message;
}

}  // namespace

TEST_CASE(
    "a server is trusted by the system's CA file, by the environment variables' and by the configured one") {
  const TlsServer server;
  const harness::TestFolder folder;
  const std::string file = folder.write_file("ca.pem", server.certificate());
  SECTION("the system's CA file") {
    const TrustVariables variables;
    CurlTransport transport({.system_ca_files = {folder.path() + "/nothing.pem", file}});
    CHECK(body(transport, server) == "over TLS");
  }
  SECTION("SSL_CERT_FILE") {
    const TrustVariables variables({{"SSL_CERT_FILE", file}});
    CurlTransport transport({.system_ca_files = {}});
    CHECK(body(transport, server) == "over TLS");
  }
  SECTION("SSL_CERT_DIR, by its second directory") {
    const auto certificate = harness::read_pem_certificate(server.certificate());
    std::array<char, 16> name{};
    std::snprintf(name.data(), name.size(), "%08lx.0", X509_subject_name_hash(certificate.get()));
    folder.write_file(name.data(), server.certificate());
    const TrustVariables variables({{"SSL_CERT_DIR", "/nowhere:" + folder.path()}});
    CurlTransport transport({.system_ca_files = {}});
    CHECK(body(transport, server) == "over TLS");
  }
  SECTION("the configured CA file") {
    const TrustVariables variables({{"SSL_CERT_FILE", folder.path() + "/nothing.pem"}});
    CurlTransport transport({.ca_file = file, .system_ca_files = {}});
    CHECK(body(transport, server) == "over TLS");
  }
}

TEST_CASE("a new connection to a known host resumes its TLS session, even in another transport") {
  const TlsServer server;
  const harness::TestFolder folder;
  const TrustVariables variables;
  const std::string file = folder.write_file("ca.pem", server.certificate());
  const auto share = std::make_shared<const http::CurlShare>();
  http::Request request = server.request();
  request.idempotent = false;  // which takes a connection of its own
  for (int i = 0; i < 2; ++i) {
    CurlTransport transport({.ca_file = file, .share = share});
    for (int j = 0; j < 2; ++j) REQUIRE(transport.send(request, {}));
  }
  CHECK(server.resumed() == 3);
}

TEST_CASE("without a CA bundle no server is trusted, and the error lists the paths that were searched") {
  const TlsServer server;
  const harness::TestFolder folder;
  const TrustVariables variables;
  CurlTransport transport({.system_ca_files = {"/nowhere/a.pem", "/nowhere/b.pem"}});
  const auto response = transport.send(server.request(), {});
  REQUIRE_FALSE(response);
  CHECK(response.error().failure == TransportFailure::unreachable);
  CHECK_FALSE(response.error().may_be_processed);
  const std::string& message = response.error().message;
  CAPTURE(message);
  for (const char* words : {"SSL certificate", "/nowhere/a.pem, /nowhere/b.pem", "SSL_CERT_FILE"}) {
    CHECK(message.contains(words));
  }
}

TEST_CASE("the error for an untrusted server does not suggest another CA bundle") {
  const TlsServer server;
  const harness::TestFolder folder;
  const TrustVariables variables;
  const std::string other = folder.write_file("other.pem", harness::create_client_identity().certificate_pem);
  CurlTransport transport({.system_ca_files = {other}});
  const auto response = transport.send(server.request(), {});
  REQUIRE_FALSE(response);
  CHECK(response.error().failure == TransportFailure::unreachable);
  CHECK_FALSE(response.error().message.contains("SSL_CERT_FILE"));
}
