#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "tf/value.h"

/// The syntax of msgpack and JSON, read into values without any type in mind. Typed reading
/// (`schema/codec.h`) builds on it. Input from outside: nesting is limited to 100 levels and the number of
/// values to a million.
namespace tf {

/// Binary data becomes text and every extension an unknown value. Bytes after the first value are ignored.
std::expected<Value, std::string> read_msgpack_tree(std::string_view bytes);

/// Numbers keep every digit.
std::expected<Value, std::string> read_json_tree(std::string_view text);

}  // namespace tf
