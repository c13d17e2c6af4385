#pragma once

#include <sys/types.h>

#include <optional>

namespace tf::plugin {

enum class EndReason { requested, terminated, host_gone };

/// Who else than a request and SIGTERM ends the process.
enum class EndedBy {
  host,       ///< the end of the process that started it
  interrupt,  ///< SIGINT: a person's Ctrl-C
};

/// Waits for what ends the process. To be made before any thread, because it blocks the signals that end it
/// for all of them.
class EndWatch {
 public:
  explicit EndWatch(EndedBy also);
  EndWatch(const EndWatch&) = delete;
  EndWatch& operator=(const EndWatch&) = delete;
  ~EndWatch();

  /// Safe from any thread.
  void request_end();

  EndReason wait();

 private:
  const std::optional<pid_t> host_;
  int request_ = -1;
  int termination_ = -1;
  int host_end_ = -1;  // stays -1 on kernels without process descriptors
};

}  // namespace tf::plugin
