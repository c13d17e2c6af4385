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

/// For checking tables while they are compiled.
constexpr bool names_each_code_once(std::span<const CodeMeaning> table) {
  for (std::size_t i = 0; i < table.size(); ++i) {
    for (std::size_t j = i + 1; j < table.size(); ++j) {
      if (table[i].code == table[j].code) return false;
    }
  }
  return true;
}

}  // namespace cloud
