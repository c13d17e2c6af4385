#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <string>

#include "src/core/clock.h"

namespace http {

/// So many requests to each host are under way at once; the rest wait, and cost next to nothing meanwhile. A
/// host that is slow takes no room from others.
class HostSlots {
 public:
  explicit HostSlots(int most) : most_(most) {}

  /// One request's slot, until its end. Empty if the context ended before there was one.
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
  const int most_;
  std::mutex mutex_;  // guards `taken_`
  std::condition_variable_any freed_;
  std::map<std::string, int> taken_;
};

}  // namespace http
