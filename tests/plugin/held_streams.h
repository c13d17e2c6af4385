#pragma once

#include <atomic>
#include <future>
#include <memory>
#include <thread>

#include "plugin/generated.h"

namespace harness {

/// The two streams that Terraform opens on every connection before anything else, and holds open.
class HeldStreams {
 public:
  explicit HeldStreams(const std::shared_ptr<grpc::Channel>& channel);
  HeldStreams(const HeldStreams&) = delete;
  HeldStreams& operator=(const HeldStreams&) = delete;
  ~HeldStreams();

  /// As Terraform does before it asks for the end; no effect the second time.
  void close_broker();

  /// Whether both were ended by the plugin or by `close_broker`, waiting for it as long as a test may.
  [[nodiscard]] bool wait_until_ended();

  [[nodiscard]] bool open() const { return running_ == 2; }

  /// How many messages the plugin sent on them; there must be none.
  [[nodiscard]] int received() const { return received_; }

 private:
  /// Reads the stream to its end, in a thread of its own.
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
