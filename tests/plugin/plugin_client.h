#pragma once

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "plugin/generated.h"
#include "tests/plugin/certificates.h"
#include "tests/plugin/handshake.h"
#include "tests/plugin/held_streams.h"
#include "tests/plugin/plugin_process.h"
#include "tests/support/test_timeout.h"

namespace harness {

template <typename Response>
struct CallResult {
  grpc::Status status;
  Response response;
};

/// A unary call of `tfplugin6.Provider`, such as `&Stub::PlanResourceChange`.
template <typename Request, typename Response>
using Rpc = grpc::Status (tfplugin6::Provider::Stub::*)(grpc::ClientContext*, const Request&, Response*);

/// Opens a channel as Terraform does: it trusts only the certificate of the handshake, and presents
/// `identity`. The channel is plaintext if the handshake has no certificate.
std::shared_ptr<grpc::Channel> open_channel(const Handshake& handshake,
                                            const std::optional<ClientIdentity>& identity);

std::shared_ptr<grpc::Channel> open_plaintext_channel(const Handshake& handshake);

/// Calls a method by its path with a serialized message, and returns the serialized response.
CallResult<std::string> call_raw(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                                 const std::string& request);

/// A connection to a plugin that behaves like Terraform's.
class PluginClient {
 public:
  using Stub = tfplugin6::Provider::Stub;

  PluginClient(const Handshake& handshake, const std::optional<ClientIdentity>& identity);
  explicit PluginClient(const PluginProcess& plugin) : PluginClient(plugin.handshake(), plugin.identity()) {}

  /// May be called from several threads at once.
  template <typename Request, typename Response>
  CallResult<Response> call(Rpc<Request, Response> rpc, const Request& request = {}) {
    CallResult<Response> result;
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + kTestTimeout);
    result.status = (stub_.get()->*rpc)(&context, request, &result.response);
    return result;
  }

  /// Shuts the plugin down as Terraform does: closes the broker stream, and then calls Shutdown.
  grpc::Status shut_down();

  /// Closes the connection. No call may follow.
  void close();

  [[nodiscard]] HeldStreams& streams() { return *streams_; }
  [[nodiscard]] const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }

 private:
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<HeldStreams> streams_;
  std::unique_ptr<Stub> stub_;
};

}  // namespace harness
