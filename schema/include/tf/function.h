#pragma once

#include <cstddef>
#include <expected>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tf/type.h"
#include "tf/value.h"

namespace tf {

struct FunctionParameter {
  std::string name;  ///< an identifier, once in a function
  Type type;
  std::string description;  ///< Markdown
};

/// Why a function gives no result.
struct FunctionError {
  std::string text;                     ///< a sentence
  std::optional<std::size_t> argument;  ///< which one is to blame, counted from 0

  bool operator==(const FunctionError&) const = default;
};

/// A function that configurations may call (PROTOCOL.md 10.2). It is called in a process that was
/// never configured, and equal arguments must always give equal results.
struct Function {
  std::string summary;                        ///< one plain sentence
  std::string description;                    ///< Markdown
  std::vector<FunctionParameter> parameters;  ///< none of them takes null or unknown values
  Type result;

  /// Arguments, one a parameter, known and of its type; the result is of the type `result`.
  std::function<std::expected<Value, FunctionError>(const std::vector<Value>& arguments)> call;
};

}  // namespace tf
