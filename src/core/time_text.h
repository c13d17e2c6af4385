#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "src/core/clock.h"

namespace core {

/// `strftime` pattern applied in UTC, seconds precision.
std::string format_utc(UtcTime time, const char* pattern);

/// `2026-03-14T09:26:53Z`
std::string format_rfc3339(UtcTime time);

/// `20260314T092653Z`
std::string format_basic(UtcTime time);

/// Exactly the whole text by a `strptime` pattern, read as UTC.
std::optional<UtcTime> parse_utc(std::string_view text, const char* pattern);

/// A Go duration such as `30s`, `10m`, `1h30m`, `1.5h`; nothing else, no sign, more than zero.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

/// `1h30m`, `45s`, `250ms`: the shortest form that `parse_duration` reads back; whole seconds above one
/// second.
std::string format_duration(std::chrono::milliseconds duration);

}  // namespace core
