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
    const std::string attribute = diagnostic.attribute.to_string();
    const bool is_named = diagnostic.summary.find(attribute) != std::string::npos;
    if (!diagnostic.attribute.empty() && !is_named) stream << " (" << attribute << ")";
    stream << "\n" << core::replace_invalid_utf8(diagnostic.detail) << "\n";
  }
}

}  // namespace cli
