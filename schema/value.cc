#include "tf/value.h"

#include <algorithm>

namespace tf {

Value Value::unknown(Refinement refinement) {
  // Most unknown values have no refinement; they share one object.
  static const auto kPlain = std::make_shared<const Unknown>();
  Value value;
  value.content_ = refinement.empty()
                       ? kPlain
                       : std::make_shared<const Unknown>(Unknown{.refinement = std::move(refinement)});
  return value;
}

Value Value::typed(Type type, Value value) {
  Value dynamic;
  dynamic.content_ =
      std::make_shared<const TypedValue>(TypedValue{.type = std::move(type), .value = std::move(value)});
  return dynamic;
}

const Unknown* Value::as_unknown() const {
  const auto* unknown = std::get_if<std::shared_ptr<const Unknown>>(&content_);
  return unknown == nullptr ? nullptr : unknown->get();
}

const TypedValue* Value::as_typed() const {
  const auto* typed = std::get_if<std::shared_ptr<const TypedValue>>(&content_);
  return typed == nullptr ? nullptr : typed->get();
}

bool Value::is_wholly_known() const {
  if (is_unknown()) return false;
  if (const Elements* elements = as_elements())
    return std::ranges::all_of(*elements, &Value::is_wholly_known);
  if (const Attributes* attributes = as_attributes()) {
    return std::ranges::all_of(*attributes, [](const auto& entry) { return entry.second.is_wholly_known(); });
  }
  const TypedValue* typed = as_typed();
  return typed == nullptr || typed->value.is_wholly_known();
}

std::optional<std::string> Value::text() const {
  const std::string* text = as_string();
  return text == nullptr ? std::nullopt : std::optional(*text);
}

std::optional<bool> Value::boolean() const {
  const bool* boolean = as_bool();
  return boolean == nullptr ? std::nullopt : std::optional(*boolean);
}

std::optional<std::int64_t> Value::integer() const {
  const Number* number = as_number();
  return number == nullptr ? std::nullopt : number->to_int64();
}

const Value& Value::operator[](std::string_view name) const {
  static const Value kNull;
  const Attributes* attributes = as_attributes();
  if (attributes == nullptr) return kNull;
  const auto found = attributes->find(name);
  return found == attributes->end() ? kNull : found->second;
}

void Value::set(std::string_view name, Value value) {
  if (as_attributes() == nullptr) content_ = Attributes();
  std::get<Attributes>(content_).insert_or_assign(std::string(name), std::move(value));
}

bool Value::operator==(const Value& other) const {
  if (content_.index() != other.content_.index()) return false;
  if (const Unknown* unknown = as_unknown()) return *unknown == *other.as_unknown();
  if (const TypedValue* typed = as_typed()) return *typed == *other.as_typed();
  return content_ == other.content_;
}

}  // namespace tf
