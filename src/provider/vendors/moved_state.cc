#include "src/provider/vendors/moved_state.h"

namespace provider {

using tf::Value;

Value moved_text(const Value& moved, std::string_view name) {
  const auto text = moved[name].text();
  return text && !text->empty() ? Value(*text) : Value();
}

Value first_moved_text(const Value& moved, std::string_view name, std::string_view otherwise) {
  Value text = moved_text(moved, name);
  return text.is_null() ? moved_text(moved, otherwise) : text;
}

}  // namespace provider
