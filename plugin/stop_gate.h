#pragma once

#include <mutex>
#include <stop_token>
#include <utility>

namespace tf::plugin {

/// Cancels the calls that run now; calls that begin later get a fresh token (PROTOCOL.md 3.4), until
/// the gate is closed for good.
class StopGate {
 public:
  [[nodiscard]] std::stop_token token() const {
    const std::scoped_lock lock(mutex_);
    return source_.get_token();
  }

  void stop() {
    std::stop_source stopped;
    {
      const std::scoped_lock lock(mutex_);
      if (closed_) return;
      std::swap(source_, stopped);
    }
    stopped.request_stop();
  }

  /// Cancels the calls that run now and all that begin later.
  void close() {
    std::unique_lock lock(mutex_);
    closed_ = true;
    std::stop_source last = source_;
    lock.unlock();
    last.request_stop();
  }

 private:
  mutable std::mutex mutex_;
  std::stop_source source_;
  bool closed_ = false;
};

}  // namespace tf::plugin
