#pragma once

#include <string>

namespace core {

/// Returns the value of an environment variable of this process; empty if it is not set.
std::string environment(const char* name);

}  // namespace core
