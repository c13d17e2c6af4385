#pragma once

#include <initializer_list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "src/core/clock.h"

namespace core {

enum class LogLevel { trace, debug, info, warn, error, off };

/// Parses the name of a level in any letter case. `json` means trace, as in Terraform. Returns nullopt for
/// other text.
std::optional<LogLevel> parse_log_level(std::string_view name);

struct LogField {
  std::string_view key;
  std::string value;
};

/// Receives log lines. Callers must remove secrets from them.
class Logger {
 public:
  Logger() = default;
  Logger(const Logger&) = delete;
  Logger& operator=(const Logger&) = delete;
  virtual ~Logger() = default;

  [[nodiscard]] virtual bool enabled(LogLevel level) const = 0;
  virtual void write(LogLevel level, std::string_view message, std::initializer_list<LogField> fields) = 0;

  void debug(std::string_view message, std::initializer_list<LogField> fields = {}) {
    if (enabled(LogLevel::debug)) write(LogLevel::debug, message, fields);
  }
  void info(std::string_view message, std::initializer_list<LogField> fields = {}) {
    if (enabled(LogLevel::info)) write(LogLevel::info, message, fields);
  }
  void warn(std::string_view message, std::initializer_list<LogField> fields = {}) {
    if (enabled(LogLevel::warn)) write(LogLevel::warn, message, fields);
  }
  void error(std::string_view message, std::initializer_list<LogField> fields = {}) {
    if (enabled(LogLevel::error)) write(LogLevel::error, message, fields);
  }
};

class NullLogger final : public Logger {
 public:
  [[nodiscard]] bool enabled(LogLevel /*level*/) const override { return false; }
  void write(LogLevel /*level*/, std::string_view /*message*/,
             std::initializer_list<LogField> /*fields*/) override {}
};

/// Writes each line as an hclog JSON object to a file descriptor, in a single call, so that lines are not
/// interleaved. All values are strings, because Terraform crashes on others under the `@` keys
/// (PROTOCOL.md 1.8).
class HclogLogger final : public Logger {
 public:
  HclogLogger(const Clock& clock, int descriptor, LogLevel level, std::string module);

  [[nodiscard]] bool enabled(LogLevel level) const override { return level >= level_; }
  void write(LogLevel level, std::string_view message, std::initializer_list<LogField> fields) override;

 private:
  const Clock& clock_;
  const int descriptor_;
  const LogLevel level_;
  const std::string module_;
  std::mutex mutex_;  // guards the descriptor
};

}  // namespace core
