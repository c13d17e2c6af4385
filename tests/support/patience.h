#pragma once

#include <chrono>

namespace harness {

/// How long a test waits for anything before it fails: far longer than any of it takes.
inline constexpr std::chrono::seconds kPatience{90};

}  // namespace harness
