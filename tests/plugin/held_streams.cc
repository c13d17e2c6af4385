#include "tests/plugin/held_streams.h"

#include <grpcpp/grpcpp.h>

#include "tests/support/test_timeout.h"

namespace harness {

HeldStreams::HeldStreams(const std::shared_ptr<grpc::Channel>& channel)
    : broker_(plugin::GRPCBroker::NewStub(channel)),
      stdio_(plugin::GRPCStdio::NewStub(channel)),
      broker_stream_(broker_->StartStream(&broker_context_)),
      stdio_stream_(stdio_->StreamStdio(&stdio_context_, {})),
      broker_end_(follow<grpc::ClientReaderWriter<plugin::ConnInfo, plugin::ConnInfo>, plugin::ConnInfo>(
          *broker_stream_)),
      stdio_end_(follow<grpc::ClientReader<plugin::StdioData>, plugin::StdioData>(*stdio_stream_)) {}

HeldStreams::~HeldStreams() {
  broker_context_.TryCancel();
  stdio_context_.TryCancel();
  broker_end_.wait();
  stdio_end_.wait();
}

void HeldStreams::close_broker() {
  if (!std::exchange(broker_closed_, true)) broker_stream_->WritesDone();
}

bool HeldStreams::wait_until_ended() {
  return broker_end_.wait_for(kTestTimeout) == std::future_status::ready &&
         stdio_end_.wait_for(kTestTimeout) == std::future_status::ready;
}

template <typename Stream, typename Message>
std::future<void> HeldStreams::follow(Stream& stream) {
  return std::async(std::launch::async, [this, &stream] {
    Message message;
    while (stream.Read(&message)) ++received_;
    stream.Finish();
    --running_;
  });
}

}  // namespace harness
