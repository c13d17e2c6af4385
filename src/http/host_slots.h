#pragma once

#include <map>
#include <mutex>
#include <string>

#include "src/core/clock.h"
#include "src/core/wait_condition.h"

namespace http {

/// Limits the number of concurrent requests to each host. Further requests wait, which costs almost nothing.
/// A slow host does not delay requests to others.
class HostSlots {
 public:
  HostSlots(int max, core::Clock& clock) : max_(max), clock_(clock) {}

  /// The slot of one request, held until destruction. False if the deadline passed or a stop was requested
  /// before a slot was free.
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
  core::Clock& clock_;
  std::mutex mutex_;  // guards the two below
  core::SharedCondition freed_;
  std::map<std::string, int> taken_;
};

}  // namespace http
