#pragma once

#include <sys/types.h>

namespace plugin {

enum class EndReason { requested, terminated, host_gone };

/// Waits for what ends the process: a request, SIGTERM, or the end of the process that started it. To be made
/// before any thread, because it blocks SIGTERM for all of them.
class EndWatch {
 public:
  EndWatch();
  EndWatch(const EndWatch&) = delete;
  EndWatch& operator=(const EndWatch&) = delete;
  ~EndWatch();

  /// Safe from any thread.
  void request_end();

  EndReason wait();

 private:
  const pid_t host_;
  int request_ = -1;
  int termination_ = -1;
  int host_end_ = -1;  // stays -1 on kernels without process descriptors
};

}  // namespace plugin
