#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <csignal>

#include "tests/plugin/responses.h"

using namespace harness;
using Stub = PluginClient::Stub;

namespace {

Descriptor connect_to(const std::string& path) {
  Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  REQUIRE(connect(socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  return socket;
}

/// What a client sees of the server in a TLS handshake.
struct TlsOutcome {
  bool handshake = false;
  int version = 0;
  std::string protocol;         ///< chosen by ALPN
  std::string certificate_der;  ///< of the server
  std::string first_bytes;      ///< first bytes from the server; empty if it closed the connection
};

TlsContext client_context(const std::optional<ClientIdentity>& identity, int version) {
  TlsContext context(SSL_CTX_new(TLS_client_method()));
  REQUIRE(context != nullptr);
  SSL_CTX_set_min_proto_version(context.get(), version);
  SSL_CTX_set_max_proto_version(context.get(), version);
  REQUIRE(SSL_CTX_set1_groups_list(context.get(), "X25519:P-256:P-384:P-521") == 1);
  constexpr std::array<unsigned char, 3> kHttp2 = {2, 'h', '2'};
  REQUIRE(SSL_CTX_set_alpn_protos(context.get(), kHttp2.data(), kHttp2.size()) == 0);
  if (!identity) return context;
  const auto certificate = read_pem_certificate(identity->certificate_pem);
  REQUIRE(SSL_CTX_use_certificate(context.get(), certificate.get()) == 1);
  const auto key = read_pem_key(identity->private_key_pem);
  REQUIRE(SSL_CTX_use_PrivateKey(context.get(), key.get()) == 1);
  return context;
}

std::string certificate_of(SSL* tls) {
  const X509Handle certificate(SSL_get1_peer_certificate(tls));
  return certificate ? to_der(certificate.get()) : "";
}

TlsOutcome try_tls(const Handshake& handshake, const std::optional<ClientIdentity>& identity, int version) {
  // A server that rejects the client closes the connection while the client is still writing.
  std::signal(SIGPIPE, SIG_IGN);
  const Descriptor socket = connect_to(handshake.address);
  const TlsContext context = client_context(identity, version);
  const TlsConnection tls(SSL_new(context.get()));
  REQUIRE(SSL_set_fd(tls.get(), socket.number()) == 1);
  SSL_set_tlsext_host_name(tls.get(), "localhost");
  TlsOutcome outcome;
  outcome.handshake = SSL_connect(tls.get()) == 1;
  if (!outcome.handshake) return outcome;
  outcome.version = SSL_version(tls.get());
  outcome.certificate_der = certificate_of(tls.get());
  const unsigned char* chosen = nullptr;
  unsigned length = 0;
  SSL_get0_alpn_selected(tls.get(), &chosen, &length);
  if (chosen != nullptr) outcome.protocol.assign(chosen, chosen + length);
  // With TLS 1.3, the server verifies the client's certificate only after the client's handshake is complete.
  std::array<char, 64> bytes{};
  const int read = SSL_read(tls.get(), bytes.data(), bytes.size());
  if (read > 0) outcome.first_bytes.assign(bytes.data(), static_cast<std::size_t>(read));
  return outcome;
}

/// Returns whether a call on a new channel succeeds. Also checks that the plugin still serves its real
/// client.
bool reaches(const std::shared_ptr<grpc::Channel>& channel) {
  const auto stub = tfplugin6::Provider::NewStub(channel);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kTestTimeout);
  tfplugin6::GetMetadata::Response response;
  const grpc::Status status = stub->GetMetadata(&context, {}, &response);
  CAPTURE(status.error_message());
  CHECK((status.ok() || status.error_code() == grpc::StatusCode::UNAVAILABLE));
  return status.ok();
}

void check_still_serves(PluginProcess& plugin) {
  PluginClient client(plugin);
  CHECK(client.call(&Stub::GetMetadata).status.ok());
  end_plugin(plugin, client);
}

}  // namespace

TEST_CASE("12.17 a P-521 client certificate is accepted with TLS 1.3", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  PluginProcess plugin({.binary = binary});
  const TlsOutcome outcome = try_tls(plugin.handshake(), plugin.identity(), TLS1_3_VERSION);
  CHECK(outcome.handshake);
  CHECK(outcome.version == TLS1_3_VERSION);
  CHECK(outcome.protocol == "h2");
  CHECK(outcome.certificate_der == decode_base64(plugin.handshake().certificate));
  // An HTTP/2 SETTINGS frame: three bytes of length, type 4.
  REQUIRE(outcome.first_bytes.size() > 3);
  CHECK(outcome.first_bytes[3] == 4);
  check_still_serves(plugin);
}

TEST_CASE("12.18 a client without a certificate is refused", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  PluginProcess plugin({.binary = binary});
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    CHECK(try_tls(plugin.handshake(), std::nullopt, version).first_bytes.empty());
  }
  CHECK_FALSE(reaches(open_channel(plugin.handshake(), std::nullopt)));
  check_still_serves(plugin);
}

TEST_CASE("12.19 a client with another certificate of the same kind is refused", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  PluginProcess plugin({.binary = binary});
  const ClientIdentity foreign = create_client_identity();
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    CHECK(try_tls(plugin.handshake(), foreign, version).first_bytes.empty());
  }
  CHECK_FALSE(reaches(open_channel(plugin.handshake(), foreign)));
  check_still_serves(plugin);
}

TEST_CASE("12.20 a plaintext client is refused while TLS is on", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  PluginProcess plugin({.binary = binary});
  CHECK_FALSE(reaches(open_plaintext_channel(plugin.handshake())));
  check_still_serves(plugin);
}

TEST_CASE("connections that never start TLS do not block others", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  PluginProcess plugin({.binary = binary});
  std::vector<Descriptor> silent;
  for (int i = 0; i < 40; ++i) silent.push_back(connect_to(plugin.handshake().address));
  check_still_serves(plugin);
}
