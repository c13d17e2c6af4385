#include "src/cli/terminal.h"

#include "src/core/text.h"

namespace cli {

bool has_printed(const Terminal& terminal) {
  if (terminal.out.flush()) return true;
  terminal.messages << "Error: Output Not Written\nThe output could not be written completely.\n";
  return false;
}

void print(std::ostream& stream, const tf::Diagnostics& diagnostics) {
  for (const tf::Diagnostic& diagnostic : diagnostics) {
    stream << (diagnostic.severity == tf::Severity::error ? "Error: " : "Warning: ") << diagnostic.summary;
    if (!diagnostic.attribute.empty()) stream << " (" << diagnostic.attribute.to_string() << ")";
    stream << "\n" << core::replace_invalid_utf8(diagnostic.detail) << "\n";
  }
}

}  // namespace cli
