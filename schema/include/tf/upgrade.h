#pragma once

#include <expected>
#include <string_view>

#include "tf/codec.h"
#include "tf/schema.h"

namespace tf {

/// Converts state stored by an older version of the schema to the current one: removed attributes are
/// dropped, and new ones take their default, else null (PROTOCOL.md 8.2). Returns an error if the text is not
/// a JSON object that fits the schema.
std::expected<Value, CodecError> upgrade_from_schema(const Schema& schema, std::string_view state_json);

}  // namespace tf
