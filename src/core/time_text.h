#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "src/core/clock.h"

namespace core {

/// Formats a time with a `strftime` pattern, in UTC, to the second.
std::string format_utc(UtcTime time, const char* pattern);

/// `2026-03-14T09:26:53Z`
std::string format_rfc3339(UtcTime time);

/// `20260314T092653Z`
std::string format_basic(UtcTime time);

/// Parses a time in UTC with a `strptime` pattern, which must match the whole text.
std::optional<UtcTime> parse_utc(std::string_view text, const char* pattern);

/// Parses a Go duration without a sign, such as `30s`, `10m`, `1h30m` or `1.5h`, from 1 millisecond to 366
/// days.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// Formats a duration in the shortest form that `parse_duration` reads, such as `1h30m`, `45s` or `250ms`.
/// Durations above one second are truncated to whole seconds.
std::string format_duration(std::chrono::milliseconds duration);

}  // namespace core
