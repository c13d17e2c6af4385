#pragma once

#include <sys/types.h>

namespace bench {

/// The memory of a running process in MiB, as the kernel reports it.
struct Memory {
  double resident = 0;  ///< now
  double peak = 0;      ///< maximum so far
};

/// Throws if there is no such process.
Memory memory_of(pid_t process);

}  // namespace bench
