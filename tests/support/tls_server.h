#pragma once

#include <httplib.h>

#include <functional>
#include <string>
#include <thread>

#include "tests/plugin/certificates.h"

namespace harness {

/// A TLS server on loopback with a self-signed certificate for `localhost`.
class TlsServer {
 public:
  /// `prepare` registers what it serves.
  explicit TlsServer(const std::function<void(httplib::SSLServer&)>& prepare) {
    prepare(server_);
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::jthread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  TlsServer(const TlsServer&) = delete;
  TlsServer& operator=(const TlsServer&) = delete;
  ~TlsServer() { server_.stop(); }

  [[nodiscard]] const std::string& certificate() const { return identity_.certificate_pem; }
  [[nodiscard]] std::string host() const { return "localhost:" + std::to_string(port_); }

  /// How many handshakes resumed a session.
  [[nodiscard]] long resumed() const { return SSL_CTX_sess_hits(server_.ssl_context()); }

 private:
  ClientIdentity identity_ = create_client_identity();
  httplib::SSLServer server_{read_pem_certificate(identity_.certificate_pem).get(),
                             read_pem_key(identity_.private_key_pem).get()};
  int port_ = 0;
  std::jthread thread_;
};

}  // namespace harness
