#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "tests/support/descriptor.h"
#include "tests/support/test_timeout.h"

namespace harness {

/// Collects the output of a pipe, so that its writer never blocks, and lets a test wait for it.
class PipeReader {
 public:
  explicit PipeReader(Descriptor read_end);
  PipeReader(const PipeReader&) = delete;
  PipeReader& operator=(const PipeReader&) = delete;
  ~PipeReader();

  /// The output so far.
  [[nodiscard]] std::string text() const;

  /// Waits until the output satisfies the condition. Returns false if it does not at the end of the pipe or
  /// after the timeout.
  bool wait_until(const std::function<bool(std::string_view text)>& condition,
                  std::chrono::seconds timeout = kTestTimeout) const;

  /// Waits until the pipe has no writer any more. Returns false after the timeout.
  [[nodiscard]] bool wait_for_end(std::chrono::seconds timeout = kTestTimeout) const;

 private:
  void read_all();

  Descriptor read_end_;
  Descriptor stop_;
  mutable std::mutex mutex_;  // guards the two below
  std::string text_;
  bool ended_ = false;
  mutable std::condition_variable changed_;
  std::jthread thread_;
};

}  // namespace harness
