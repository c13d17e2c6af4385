#pragma once

#include <mutex>
#include <stop_token>
#include <utility>

namespace tf::plugin {

/// Cancels running calls on StopProvider. Calls that begin later are not affected (PROTOCOL.md 3.4), unless
/// the gate is closed.
class StopGate {
 public:
  /// The token for a call that begins now.
  [[nodiscard]] std::stop_token token() const {
    const std::scoped_lock lock(mutex_);
    return source_.get_token();
  }

  /// Cancels all running calls.
  void stop() {
    std::stop_source stopped;
    {
      const std::scoped_lock lock(mutex_);
      if (closed_) return;
      std::swap(source_, stopped);
    }
    stopped.request_stop();
  }

  /// Cancels all running calls, and every call that begins later.
  void close() { shut().request_stop(); }

 private:
  /// Returns the source of the calls that run.
  std::stop_source shut() {
    const std::scoped_lock lock(mutex_);
    closed_ = true;
    return source_;
  }

  mutable std::mutex mutex_;  // guards both members below
  std::stop_source source_;
  bool closed_ = false;
};

}  // namespace tf::plugin
