#include "tf/diagnostic.h"

#include <algorithm>
#include <iterator>

namespace tf {

Diagnostic error(std::string summary, std::string detail, AttributePath attribute) {
  return {.severity = Severity::error,
          .summary = std::move(summary),
          .detail = std::move(detail),
          .attribute = std::move(attribute)};
}

Diagnostic warning(std::string summary, std::string detail, AttributePath attribute) {
  return {.severity = Severity::warning,
          .summary = std::move(summary),
          .detail = std::move(detail),
          .attribute = std::move(attribute)};
}

bool has_error(const Diagnostics& diagnostics) {
  return std::ranges::any_of(diagnostics, [](const Diagnostic& d) { return d.severity == Severity::error; });
}

void append(Diagnostics& all, Diagnostics more) {
  std::ranges::move(more, std::back_inserter(all));
}

}  // namespace tf
