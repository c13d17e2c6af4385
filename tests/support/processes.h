#pragma once

#include <sys/types.h>

#include <vector>

namespace harness {

/// The processes that a running process has started and that still run.
std::vector<pid_t> children_of(pid_t parent);

/// Waits until none of them runs any more. False if that takes too long.
bool wait_until_gone(const std::vector<pid_t>& processes);

}  // namespace harness
