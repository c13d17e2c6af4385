#pragma once

#include <atomic>
#include <future>
#include <memory>
#include <thread>

#include "plugin/generated.h"

namespace harness {

/// The two streams that Terraform opens first on every connection, and keeps open.
class HeldStreams {
 public:
  explicit HeldStreams(const std::shared_ptr<grpc::Channel>& channel);
  HeldStreams(const HeldStreams&) = delete;
  HeldStreams& operator=(const HeldStreams&) = delete;
  ~HeldStreams();

  /// Closes the broker stream, as Terraform does before a shutdown. Further calls have no effect.
  void close_broker();

  /// Waits until the plugin or `close_broker` ended both. Returns false if that takes too long for a test.
  [[nodiscard]] bool wait_until_ended();

  [[nodiscard]] bool open() const { return running_ == 2; }

  /// The number of messages that the plugin sent on them, which must be 0.
  [[nodiscard]] int received() const { return received_; }

 private:
  /// Reads the stream to its end in a separate thread.
  template <typename Stream, typename Message>
  std::future<void> follow(Stream& stream);

  grpc::ClientContext broker_context_;
  grpc::ClientContext stdio_context_;
  std::unique_ptr<plugin::GRPCBroker::Stub> broker_;
  std::unique_ptr<plugin::GRPCStdio::Stub> stdio_;
  std::unique_ptr<grpc::ClientReaderWriter<plugin::ConnInfo, plugin::ConnInfo>> broker_stream_;
  std::unique_ptr<grpc::ClientReader<plugin::StdioData>> stdio_stream_;
  bool broker_closed_ = false;
  std::atomic<int> running_ = 2;
  std::atomic<int> received_ = 0;
  std::future<void> broker_end_;
  std::future<void> stdio_end_;
};

}  // namespace harness
