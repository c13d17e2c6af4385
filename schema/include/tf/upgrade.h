#pragma once

#include <expected>
#include <string_view>

#include "tf/codec.h"
#include "tf/schema.h"

namespace tf {

/// State that an older version of the schema has written, as far as the schema itself tells what becomes of
/// it: attributes that are gone are dropped, new ones get their default, else null (PROTOCOL.md 8.2).
std::expected<Value, CodecError> upgrade_from_schema(const Schema& schema, std::string_view state_json);

}  // namespace tf
