#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "tf/attribute_path.h"
#include "tf/type.h"
#include "tf/value.h"

/// Encoding and decoding of values on the wire (MessagePack) and in state files (JSON); see PROTOCOL.md 6.3,
/// 6.4 and 6.6.
namespace tf {

/// Why a value could not be encoded or decoded.
struct CodecError {
  AttributePath path;   ///< the part of the value that is at fault; empty: the whole value
  std::string message;  ///< lower case, without a full stop

  /// Path and message, such as `tags["team"]: string is required, not a number`.
  [[nodiscard]] std::string to_string() const;
};

/// Decodes a MessagePack value. An object must have exactly the attributes of its type. Empty input decodes
/// to null.
std::expected<Value, CodecError> decode_msgpack(std::string_view bytes, const Type& type);

/// Decodes JSON as leniently as Terraform decodes state files: missing attributes become null, and strings,
/// numbers and booleans are converted to the required type where possible. Attributes that the type does not
/// have are an error.
std::expected<Value, CodecError> decode_json(std::string_view text, const Type& type);

/// Does the same for a tree returned by `read_json_tree`.
std::expected<Value, CodecError> decode_json_tree(Value tree, const Type& type);

/// Encodes a value as MessagePack and replaces invalid UTF-8. Returns an error if the value does not conform
/// to the type, which is a bug in the caller.
std::expected<std::string, CodecError> encode_msgpack(const Value& value, const Type& type);

/// Encodes a value as JSON, likewise. Unknown values are an error as well.
std::expected<std::string, CodecError> encode_json(const Value& value, const Type& type);

}  // namespace tf
