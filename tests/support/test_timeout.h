#pragma once

#include <chrono>

namespace harness {

/// How long a test waits before it fails: far longer than anything takes.
inline constexpr std::chrono::seconds kTestTimeout{90};

}  // namespace harness
