#pragma once

#include <string>
#include <vector>

#include "tf/attribute_path.h"

namespace tf {

enum class Severity { error, warning };

/// A message to the person who runs Terraform (PROTOCOL.md 9).
struct Diagnostic {
  Severity severity = Severity::error;
  std::string summary;      ///< one line in title case, without a full stop
  std::string detail;       ///< sentences: the cause, what to do, and the identifiers involved
  AttributePath attribute;  ///< the configuration argument that caused it; empty: none

  bool operator==(const Diagnostic&) const = default;
};

Diagnostic error(std::string summary, std::string detail, AttributePath attribute = {});
Diagnostic warning(std::string summary, std::string detail, AttributePath attribute = {});

using Diagnostics = std::vector<Diagnostic>;

/// Returns whether any of the diagnostics is an error.
bool has_error(const Diagnostics& diagnostics);

/// Moves all of `more` to the end of `all`.
void append(Diagnostics& all, Diagnostics more);

}  // namespace tf
