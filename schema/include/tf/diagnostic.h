#pragma once

#include <string>
#include <vector>

#include "tf/attribute_path.h"

namespace tf {

enum class Severity { error, warning };

/// What the person applying reads. `summary` is one line in title case without a full stop; `attribute`
/// points at the part of the configuration that caused it and is empty when none did.
struct Diagnostic {
  Severity severity = Severity::error;
  std::string summary;
  std::string detail;
  AttributePath attribute;

  bool operator==(const Diagnostic&) const = default;
};

Diagnostic error(std::string summary, std::string detail, AttributePath attribute = {});
Diagnostic warning(std::string summary, std::string detail, AttributePath attribute = {});

using Diagnostics = std::vector<Diagnostic>;

bool has_error(const Diagnostics& diagnostics);

/// Moves all of `more` to the end of `all`.
void append(Diagnostics& all, Diagnostics more);

}  // namespace tf
