#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "src/core/clock.h"

namespace emulator {

using core::UtcTime;
using Duration = std::chrono::milliseconds;

/// Parses a duration, which may be zero (`0s`, `0`) or negative (`-20m`).
std::optional<Duration> parse_span(std::string_view text);

/// Formats a duration for `parse_span`.
std::string format_span(Duration span);

/// `2026-03-14T09:26:53.168Z`
std::string format_milliseconds(UtcTime time);

}  // namespace emulator
