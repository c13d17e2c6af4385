#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "src/core/clock.h"

namespace core {

/// By a `strftime` pattern, in UTC, to the second.
std::string format_utc(UtcTime time, const char* pattern);

/// `2026-03-14T09:26:53Z`
std::string format_rfc3339(UtcTime time);

/// `20260314T092653Z`
std::string format_basic(UtcTime time);

/// By a `strptime` pattern that must match the whole text, in UTC.
std::optional<UtcTime> parse_utc(std::string_view text, const char* pattern);

/// A Go duration such as `30s`, `10m`, `1h30m`, `1.5h`: without a sign, and longer than zero.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// `1h30m`, `45s`, `250ms`: the shortest form that `parse_duration` reads. Durations above one second
/// are cut to whole seconds.
std::string format_duration(std::chrono::milliseconds duration);

}  // namespace core
