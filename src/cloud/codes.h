#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "src/cloud/error.h"

namespace cloud {

/// What one of a cloud's error codes means for the caller, and which argument of a copy it speaks of, if one.
struct CodeMeaning {
  std::string_view code;
  ErrorKind kind;
  std::string_view argument;
};

/// Nothing for a code that the table does not hold.
inline std::optional<CodeMeaning> meaning_of(std::span<const CodeMeaning> table, std::string_view code) {
  for (const CodeMeaning& known : table) {
    if (known.code == code) return known;
  }
  return std::nullopt;
}

}  // namespace cloud
