#include "tests/plugin/plugin_client.h"

#include <grpc/grpc.h>
#include <grpcpp/generic/generic_stub.h>

#include <stdexcept>

#include "src/core/text.h"

namespace harness {
namespace {

/// gRPC shuts itself down in a separate thread when it is no longer used, and the process may end in the
/// middle of that. This keeps gRPC in use until the process ends.
[[maybe_unused]] const bool kKeptAlive = [] {
  grpc_init();
  return true;
}();

std::shared_ptr<grpc::Channel> open(const Handshake& handshake,
                                    const std::shared_ptr<grpc::ChannelCredentials>& credentials) {
  grpc::ChannelArguments arguments;
  arguments.SetSslTargetNameOverride("localhost");
  arguments.SetMaxReceiveMessageSize(-1);
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel("unix:" + core::percent_encode_path(handshake.address), credentials,
                                   arguments);
}

grpc::ByteBuffer buffer_of(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return {&slice, 1};
}

std::string bytes_of(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  if (!buffer.Dump(&slices).ok()) throw std::runtime_error("a response cannot be read");
  std::string bytes;
  for (const grpc::Slice& slice : slices) {
    bytes.append(reinterpret_cast<const char*>(slice.begin()), slice.size());
  }
  return bytes;
}

}  // namespace

std::shared_ptr<grpc::Channel> open_channel(const Handshake& handshake,
                                            const std::optional<ClientIdentity>& identity) {
  if (handshake.certificate.empty()) return open_plaintext_channel(handshake);
  const auto der = decode_base64(handshake.certificate);
  const X509Handle certificate = der ? read_der_certificate(*der) : nullptr;
  if (!certificate) throw std::runtime_error("the handshake has no valid certificate");
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = to_pem(certificate.get());
  if (identity) {
    options.pem_cert_chain = identity->certificate_pem;
    options.pem_private_key = identity->private_key_pem;
  }
  return open(handshake, grpc::SslCredentials(options));
}

std::shared_ptr<grpc::Channel> open_plaintext_channel(const Handshake& handshake) {
  return open(handshake, grpc::InsecureChannelCredentials());
}

CallResult<std::string> call_raw(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                                 const std::string& request) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kTestTimeout);
  grpc::CompletionQueue queue;
  const auto call = stub.PrepareUnaryCall(&context, method, buffer_of(request), &queue);
  call->StartCall();
  CallResult<std::string> result;
  grpc::ByteBuffer response;
  call->Finish(&response, &result.status, &result);
  void* tag = nullptr;
  bool done = false;
  queue.Next(&tag, &done);
  if (result.status.ok()) result.response = bytes_of(response);
  return result;
}

PluginClient::PluginClient(const Handshake& handshake, const std::optional<ClientIdentity>& identity)
    : channel_(open_channel(handshake, identity)),
      streams_(std::make_unique<HeldStreams>(channel_)),
      stub_(tfplugin6::Provider::NewStub(channel_)) {}

grpc::Status PluginClient::shut_down() {
  streams_->close_broker();
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kTestTimeout);
  plugin::Empty response;
  return plugin::GRPCController::NewStub(channel_)->Shutdown(&context, {}, &response);
}

void PluginClient::close() {
  streams_.reset();
  stub_.reset();
  channel_.reset();
}

}  // namespace harness
