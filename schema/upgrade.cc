#include "tf/upgrade.h"

#include "tf/tree.h"

namespace tf {

std::expected<Value, CodecError> upgrade_from_schema(const Schema& schema, std::string_view state_json) {
  auto tree = read_json_tree(state_json);
  if (!tree) return std::unexpected(CodecError{.path = {}, .message = "the JSON " + tree.error()});
  if (tree->as_attributes() == nullptr) return decode_json_tree(std::move(*tree), schema.type());
  Value::Attributes kept;
  for (const Attribute& attribute : schema.attributes) {
    Value value = (*tree)[attribute.name];
    if (value.is_null() && attribute.default_value) value = *attribute.default_value;
    kept.emplace(attribute.name, std::move(value));
  }
  return decode_json_tree(std::move(kept), schema.type());
}

}  // namespace tf
