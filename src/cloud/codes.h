#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "src/cloud/error.h"

namespace cloud {

/// What one of a cloud's error codes means for the caller.
struct CodeMeaning {
  std::string_view code;
  ErrorKind kind;
};

/// Nothing for a code that the table does not hold.
inline std::optional<ErrorKind> meaning_of(std::span<const CodeMeaning> table, std::string_view code) {
  for (const CodeMeaning& known : table) {
    if (known.code == code) return known.kind;
  }
  return std::nullopt;
}

}  // namespace cloud
