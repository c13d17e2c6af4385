#include "plugin/plumbing_services.h"

namespace tf::plugin {
namespace {

class OpenStdio final : public grpc::ServerWriteReactor<::plugin::StdioData> {
 public:
  void OnCancel() override { Finish(grpc::Status::CANCELLED); }
  void OnDone() override { delete this; }
};

class OpenBroker final : public grpc::ServerBidiReactor<::plugin::ConnInfo, ::plugin::ConnInfo> {
 public:
  OpenBroker() { StartRead(&received_); }

  void OnReadDone(bool ok) override {
    if (ok) {
      StartRead(&received_);
    } else {
      Finish(grpc::Status::OK);
    }
  }
  void OnDone() override { delete this; }

 private:
  ::plugin::ConnInfo received_;
};

}  // namespace

grpc::Status ControllerService::Shutdown(grpc::ServerContext* /*context*/, const ::plugin::Empty* /*request*/,
                                         ::plugin::Empty* /*response*/) {
  on_shutdown_();
  return grpc::Status::OK;
}

grpc::ServerWriteReactor<::plugin::StdioData>* StdioService::StreamStdio(
    grpc::CallbackServerContext* /*context*/, const google::protobuf::Empty* /*request*/) {
  return new OpenStdio;
}

grpc::ServerBidiReactor<::plugin::ConnInfo, ::plugin::ConnInfo>* BrokerService::StartStream(
    grpc::CallbackServerContext* /*context*/) {
  return new OpenBroker;
}

}  // namespace tf::plugin
