#include "src/core/time_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <ctime>
#include <utility>

namespace core {
namespace {

using std::chrono::milliseconds;

constexpr double kMaxDurationMs = 1000.0 * 3600 * 24 * 366;

std::optional<double> unit_in_ms(std::string_view unit) {
  constexpr std::array<std::pair<std::string_view, double>, 6> kUnits = {{
      {"ns", 1e-6},
      {"us", 1e-3},
      {"ms", 1},
      {"s", 1000},
      {"m", 60000},
      {"h", 3600000},
  }};
  for (const auto& [name, ms] : kUnits) {
    if (unit == name) return ms;
  }
  return std::nullopt;
}

}  // namespace

std::string format_utc(UtcTime time, const char* pattern) {
  const std::time_t seconds = std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 64> text{};
  const std::size_t length = std::strftime(text.data(), text.size(), pattern, &parts);
  return {text.data(), length};
}

std::string format_rfc3339(UtcTime time) {
  return format_utc(time, "%Y-%m-%dT%H:%M:%SZ");
}

std::string format_basic(UtcTime time) {
  return format_utc(time, "%Y%m%dT%H%M%SZ");
}

std::optional<UtcTime> parse_utc(std::string_view text, const char* pattern) {
  const std::string terminated(text);
  std::tm parts{};
  const char* end = strptime(terminated.c_str(), pattern, &parts);
  if (end == nullptr || *end != '\0') return std::nullopt;
  return UtcTime(std::chrono::seconds(timegm(&parts)));
}

std::optional<milliseconds> parse_duration(std::string_view text) {
  double total = 0;
  if (text.empty()) return std::nullopt;
  while (!text.empty()) {
    if (text.front() == '-' || text.front() == '+') return std::nullopt;
    double amount = 0;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), amount, std::chars_format::fixed);
    if (error != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    const std::size_t unit_length = std::min(text.find_first_of("0123456789."), text.size());
    const auto unit = unit_in_ms(text.substr(0, unit_length));
    if (!unit) return std::nullopt;
    total += amount * *unit;
    text.remove_prefix(unit_length);
  }
  if (!std::isfinite(total) || total < 1 || total > kMaxDurationMs) return std::nullopt;
  return milliseconds(std::llround(total));
}

std::string format_duration(milliseconds duration) {
  if (duration < std::chrono::seconds(1)) return std::to_string(duration.count()) + "ms";
  auto seconds = std::chrono::duration_cast<std::chrono::seconds>(duration).count();
  std::string text;
  if (seconds >= 3600) text += std::to_string(seconds / 3600) + "h";
  seconds %= 3600;
  if (seconds >= 60) text += std::to_string(seconds / 60) + "m";
  seconds %= 60;
  if (seconds > 0) text += std::to_string(seconds) + "s";
  return text;
}

}  // namespace core
