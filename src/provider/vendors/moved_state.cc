#include "src/provider/vendors/moved_state.h"

namespace provider {

using tf::Value;

Value moved_text(const Value& foreign, std::string_view name) {
  const auto text = foreign[name].text();
  return text && !text->empty() ? Value(*text) : Value();
}

Value first_moved_text(const Value& foreign, std::string_view name, std::string_view otherwise) {
  Value text = moved_text(foreign, name);
  return text.is_null() ? moved_text(foreign, otherwise) : text;
}

}  // namespace provider
