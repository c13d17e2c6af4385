#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "tf/value.h"

/// Parsing of MessagePack and JSON into untyped values, on which typed decoding (`tf/codec.h`) builds. The
/// input is untrusted: nesting is limited to 100 levels and the number of values to a million. An error reads
/// as the end of a sentence, such as `is nested deeper than 100 levels`.
namespace tf {

/// Binary data becomes a string and every extension an unknown value. Bytes after the first value are
/// ignored.
std::expected<Value, std::string> read_msgpack_tree(std::string_view bytes);

/// Numbers keep every digit. Text after the first value is an error.
std::expected<Value, std::string> read_json_tree(std::string_view text);

}  // namespace tf
