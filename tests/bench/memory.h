#pragma once

#include <sys/types.h>

namespace bench {

/// Of a running process, in MiB, as the kernel tells it.
struct Memory {
  double resident = 0;  ///< now
  double peak = 0;      ///< the most that was resident until now
};

/// Throws if there is no such process.
Memory memory_of(pid_t process);

}  // namespace bench
