#include "src/core/log.h"

#include <unistd.h>

#include <nlohmann/json.hpp>

#include "src/core/text.h"
#include "src/core/time_text.h"

namespace core {
namespace {

/// Terraform reads lines of at most 64 KiB (PROTOCOL.md 1.8).
constexpr std::size_t kMaxFieldBytes = 8192;

std::string_view level_name(LogLevel level) {
  switch (level) {
    case LogLevel::trace: return "trace";
    case LogLevel::debug: return "debug";
    case LogLevel::info: return "info";
    case LogLevel::warn: return "warn";
    case LogLevel::error: return "error";
    case LogLevel::off: break;
  }
  return "error";
}

std::string timestamp(UtcTime time) {
  const auto ms = time.time_since_epoch().count() % 1000;
  std::string digits = std::to_string(1000 + ms).substr(1);
  return format_utc(time, "%Y-%m-%dT%H:%M:%S.") + digits + "000Z";
}

std::string safe(std::string_view text) {
  return replace_invalid_utf8(shorten(text, kMaxFieldBytes));
}

}  // namespace

std::optional<LogLevel> parse_log_level(std::string_view name) {
  const std::string lower = to_lower(name);
  if (lower == "trace" || lower == "json") return LogLevel::trace;
  if (lower == "debug") return LogLevel::debug;
  if (lower == "info") return LogLevel::info;
  if (lower == "warn") return LogLevel::warn;
  if (lower == "error") return LogLevel::error;
  if (lower == "off") return LogLevel::off;
  return std::nullopt;
}

HclogLogger::HclogLogger(const Clock& clock, int descriptor, LogLevel level, std::string module)
    : clock_(clock), descriptor_(descriptor), level_(level), module_(std::move(module)) {}

void HclogLogger::write(LogLevel level, std::string_view message, std::initializer_list<LogField> fields) {
  nlohmann::ordered_json line = {
      {"@level", level_name(level)},
      {"@message", safe(message)},
      {"@module", module_},
      {"@timestamp", timestamp(clock_.utc())},
  };
  for (const LogField& field : fields) line[std::string(field.key)] = safe(field.value);
  const std::string text = line.dump() + "\n";
  const std::scoped_lock lock(mutex_);
  // A failed write is ignored, because the log is not worth an error.
  [[maybe_unused]] const ssize_t written = ::write(descriptor_, text.data(), text.size());
}

}  // namespace core
