#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "tests/support/descriptor.h"
#include "tests/support/patience.h"

namespace harness {

/// Collects what comes out of a pipe, so that its writer never blocks, and lets a test wait for it.
class PipeReader {
 public:
  explicit PipeReader(Descriptor read_end);
  PipeReader(const PipeReader&) = delete;
  PipeReader& operator=(const PipeReader&) = delete;
  ~PipeReader();

  /// All of it until now.
  [[nodiscard]] std::string text() const;

  /// False if the text is still not as wanted when the pipe has ended or the patience has.
  bool wait_until(const std::function<bool(std::string_view text)>& wanted,
                  std::chrono::seconds patience = kPatience) const;

  /// Until nobody can write any more.
  [[nodiscard]] bool wait_for_end(std::chrono::seconds patience = kPatience) const;

 private:
  void read_all();

  Descriptor read_end_;
  Descriptor stop_;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  std::string text_;
  bool ended_ = false;
  std::jthread thread_;
};

}  // namespace harness
