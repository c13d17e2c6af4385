#pragma once

#include <sys/types.h>

#include <vector>

namespace harness {

/// The running child processes of a process.
std::vector<pid_t> children_of(pid_t parent);

/// Waits until none of them runs any more. Returns false after `kTestTimeout`.
bool wait_until_gone(const std::vector<pid_t>& processes);

}  // namespace harness
