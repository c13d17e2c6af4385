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
  std::string name;  ///< an identifier, unique within the function
  Type type;
  std::string description;  ///< Markdown
};

/// Why a function call failed.
struct FunctionError {
  std::string text;  ///< a sentence
  std::optional<std::size_t>
      argument;  ///< index of the invalid argument, from 0; nullopt: none in particular

  bool operator==(const FunctionError&) const = default;
};

/// A provider-defined function (PROTOCOL.md 10.2). Terraform calls it in a process that was never configured,
/// and expects the same result for the same arguments.
struct Function {
  std::string summary;                        ///< one sentence of plain text
  std::string description;                    ///< Markdown
  std::vector<FunctionParameter> parameters;  ///< none accepts null or unknown values
  Type result;

  /// Receives one known, non-null argument of the declared type for each parameter. Must return a value of
  /// the type `result`.
  std::function<std::expected<Value, FunctionError>(const std::vector<Value>& arguments)> call;
};

}  // namespace tf
