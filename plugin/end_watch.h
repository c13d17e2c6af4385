#pragma once

#include <sys/types.h>

#include <optional>

namespace tf::plugin {

/// Why the process must end.
enum class EndReason {
  requested,   ///< `request_end` was called
  terminated,  ///< SIGTERM, or SIGINT if `EndedBy::interrupt`
  host_gone,   ///< the process that started this one has ended
};

/// What ends the process besides a request and SIGTERM.
enum class EndedBy {
  host,       ///< the end of the process that started this one
  interrupt,  ///< SIGINT: Ctrl-C in a terminal
};

/// Waits for a reason to end the process (PROTOCOL.md 3.3, 3.4). Must be created before any thread starts,
/// because it blocks the signals for all of them.
class EndWatch {
 public:
  explicit EndWatch(EndedBy ended_by);
  EndWatch(const EndWatch&) = delete;
  EndWatch& operator=(const EndWatch&) = delete;
  ~EndWatch();

  /// May be called from any thread.
  void request_end();

  /// Blocks until there is a reason to end the process.
  EndReason wait();

 private:
  const std::optional<pid_t> host_;
  int request_ = -1;
  int termination_ = -1;
  int host_end_ = -1;  // -1 on kernels without process descriptors
};

}  // namespace tf::plugin
