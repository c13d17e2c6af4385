#pragma once

#include <functional>

#include "plugin/generated.h"

/// The services that go-plugin requires besides the provider's own (PROTOCOL.md 3.1, 3.2).
namespace tf::plugin {

/// Calls `on_shutdown` and returns at once; another thread must end the server.
class ControllerService final : public ::plugin::GRPCController::Service {
 public:
  explicit ControllerService(std::function<void()> on_shutdown) : on_shutdown_(std::move(on_shutdown)) {}

  grpc::Status Shutdown(grpc::ServerContext* context, const ::plugin::Empty* request,
                        ::plugin::Empty* response) override;

 private:
  std::function<void()> on_shutdown_;
};

/// Keeps the stream open until the client ends it. Sends nothing, because this process prints nothing. Uses
/// gRPC's callback API, so that an open stream costs no thread.
class StdioService final : public ::plugin::GRPCStdio::CallbackService {
 public:
  grpc::ServerWriteReactor<::plugin::StdioData>* StreamStdio(grpc::CallbackServerContext* context,
                                                             const google::protobuf::Empty* request) override;
};

/// Keeps the stream open until the client ends it, and never responds.
class BrokerService final : public ::plugin::GRPCBroker::CallbackService {
 public:
  grpc::ServerBidiReactor<::plugin::ConnInfo, ::plugin::ConnInfo>* StartStream(
      grpc::CallbackServerContext* context) override;
};

}  // namespace tf::plugin
