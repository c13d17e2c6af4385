#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "src/cloud/error.h"

namespace cloud {

/// What an error code of a cloud means for the caller, and the argument of a copy that causes it; may be
/// empty.
struct CodeMeaning {
  std::string_view code;
  ErrorKind kind;
  std::string_view argument;
};

/// Returns nullopt for a code that is not in the table.
inline std::optional<CodeMeaning> meaning_of(std::span<const CodeMeaning> table, std::string_view code) {
  for (const CodeMeaning& known : table) {
    if (known.code == code) return known;
  }
  return std::nullopt;
}

/// For a `static_assert` on each table.
constexpr bool names_each_code_once(std::span<const CodeMeaning> table) {
  for (std::size_t i = 0; i < table.size(); ++i) {
    for (std::size_t j = i + 1; j < table.size(); ++j) {
      if (table[i].code == table[j].code) return false;
    }
  }
  return true;
}

}  // namespace cloud
