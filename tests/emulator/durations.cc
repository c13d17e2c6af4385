#include "tests/emulator/durations.h"

#include "src/core/time_text.h"

namespace emulator {

std::optional<Duration> parse_span(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (text == "0" || text == "0s" || text == "0ms") return Duration::zero();
  const auto span = core::parse_duration(text);
  if (!span) return std::nullopt;
  return negative ? -*span : *span;
}

std::string format_span(Duration span) {
  if (span < Duration::zero()) return "-" + format_span(-span);
  if (span == Duration::zero()) return "0s";
  const auto seconds = std::chrono::floor<std::chrono::seconds>(span);
  if (seconds == span) return core::format_duration(span);
  return std::to_string(span.count()) + "ms";
}

std::string format_milliseconds(UtcTime time) {
  const std::string fraction = std::to_string(1000 + time.time_since_epoch().count() % 1000).substr(1);
  return core::format_utc(time, "%Y-%m-%dT%H:%M:%S.") + fraction + "Z";
}

}  // namespace emulator
