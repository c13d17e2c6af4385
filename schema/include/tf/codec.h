#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "tf/attribute_path.h"
#include "tf/type.h"
#include "tf/value.h"

/// Values on the wire and in state files (PROTOCOL.md 6.3, 6.4, 6.6).
namespace tf {

struct CodecError {
  AttributePath path;
  std::string message;

  /// `tags["team"]: a string is required, not a number`
  [[nodiscard]] std::string to_string() const;
};

/// Objects must have exactly the attributes of their type. Empty input is null.
std::expected<Value, CodecError> decode_msgpack(std::string_view bytes, const Type& type);

/// Lenient as Terraform is with state files: attributes that are missing become null, and numbers, booleans
/// and text are converted into one another where they can be. Attributes that the type lacks are an error.
std::expected<Value, CodecError> decode_json(std::string_view text, const Type& type);

/// The same for a tree that `read_json_tree` has read.
std::expected<Value, CodecError> decode_json_tree(Value tree, const Type& type);

/// Invalid UTF-8 is replaced. A value that is not of the type is an error: a bug of the caller.
std::expected<std::string, CodecError> encode_msgpack(const Value& value, const Type& type);

/// The same; unknown values cannot be written.
std::expected<std::string, CodecError> encode_json(const Value& value, const Type& type);

}  // namespace tf
