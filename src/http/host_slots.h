#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>

#include "src/core/clock.h"

namespace http {

/// Limits the number of requests to each host at once. The rest wait, which costs next to nothing. A slow
/// host takes no slots from others.
class HostSlots {
 public:
  explicit HostSlots(int max) : max_(max) {}

  /// The slot of one request, until the end of this object. Empty if the deadline or a stop came first.
  class Slot {
   public:
    Slot(HostSlots& slots, std::string host, const core::Context& context);
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;
    ~Slot();

    explicit operator bool() const { return is_taken_; }

   private:
    HostSlots& slots_;
    const std::string host_;
    bool is_taken_ = false;
  };

 private:
  const int max_;
  std::mutex mutex_;  // guards `taken_`
  std::condition_variable_any freed_;
  std::map<std::string, int> taken_;
};

}  // namespace http
