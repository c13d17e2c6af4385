#pragma once

#include <functional>

#include "plugin/generated.h"

/// The services that go-plugin wants beside the provider's own (PROTOCOL.md 3.1, 3.2).
namespace tf::plugin {

/// Calls `on_shutdown` and returns at once; ending the server is for another thread.
class ControllerService final : public ::plugin::GRPCController::Service {
 public:
  explicit ControllerService(std::function<void()> on_shutdown) : on_shutdown_(std::move(on_shutdown)) {}

  grpc::Status Shutdown(grpc::ServerContext* context, const ::plugin::Empty* request,
                        ::plugin::Empty* response) override;

 private:
  std::function<void()> on_shutdown_;
};

/// Holds the stream open until the client ends it. Nothing is ever printed, so nothing is sent; the callback
/// interface makes that cost no thread.
class StdioService final : public ::plugin::GRPCStdio::CallbackService {
 public:
  grpc::ServerWriteReactor<::plugin::StdioData>* StreamStdio(grpc::CallbackServerContext* context,
                                                             const google::protobuf::Empty* request) override;
};

/// Holds the stream open until the client ends it, and never answers.
class BrokerService final : public ::plugin::GRPCBroker::CallbackService {
 public:
  grpc::ServerBidiReactor<::plugin::ConnInfo, ::plugin::ConnInfo>* StartStream(
      grpc::CallbackServerContext* context) override;
};

}  // namespace tf::plugin
