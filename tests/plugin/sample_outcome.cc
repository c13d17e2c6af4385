#include "tests/plugin/sample_outcome.h"

#include <cmath>

namespace sample {
namespace {

using tf::AttributePath;
using tf::Type;
using tf::Value;

Value known_elements(const Value& value, const Type& type) {
  Value::Elements elements;
  for (const Value& element : *value.as_elements()) {
    const bool tuple = type.kind() == Type::Kind::tuple;
    elements.push_back(with_known_values(element, tuple ? type.elements()[elements.size()] : type.element()));
  }
  return elements;
}

Value known_attributes(const Value& value, const Type& type) {
  Value::Attributes attributes;
  for (const auto& [name, attribute] : *value.as_attributes()) {
    const bool object = type.kind() == Type::Kind::object;
    attributes.emplace(name,
                       with_known_values(attribute, object ? type.attributes().at(name) : type.element()));
  }
  return attributes;
}

Value sample_value(const Type& type) {
  switch (type.kind()) {
    case Type::Kind::string: return "settled";
    case Type::Kind::number: return 1;
    case Type::Kind::boolean: return true;
    case Type::Kind::list:
    case Type::Kind::set: return Value::Elements{};
    case Type::Kind::map: return Value::Attributes{};
    case Type::Kind::dynamic:
    case Type::Kind::object:
    case Type::Kind::tuple: return {};
  }
  return {};
}

/// Returns the state with unknown values at every possible depth.
Value full_of_unknowns(Value state) {
  const Value unknown = Value::unknown();
  state.set("text", unknown);
  state.set("items", Value::Elements{"a", unknown});
  state.set("numbers", unknown);
  state.set("labels", Value::Attributes{{"a", unknown}});
  state.set("pair", Value::Elements{unknown, 1});
  state.set("shape", Value::Attributes{{"note", unknown}, {"width", 1}});
  state.set("anything", Value::typed(Type::list(Type::string()), Value::Elements{unknown}));
  state.set("rules", Value::Elements{Value::Attributes{{"port", 1}, {"note", {}}, {"state", unknown}}});
  state.set("mounts", Value::Attributes{{"m", Value::Attributes{{"path", unknown}, {"access", "ro"}}}});
  return state;
}

/// Returns a state that violates the schema in the given way.
Value misfit(std::string_view what, Value state) {
  if (what == "bad_value") state.set("amount", Value::Elements{"not", "a", "number"});
  if (what == "surplus") state.set("nobody_knows_me", 1);
  if (what == "infinity") state.set("amount", *tf::Number::from_double(HUGE_VAL));
  if (what == "missing") state = Value::Attributes{{"name", "thing"}};
  return state;
}

}  // namespace

Value with_known_values(const Value& value, const Type& type) {
  if (value.is_unknown()) return sample_value(type);
  if (const tf::TypedValue* typed = value.as_typed()) {
    return Value::typed(typed->type, with_known_values(typed->value, typed->type));
  }
  if (value.as_elements() != nullptr) return known_elements(value, type);
  if (value.as_attributes() != nullptr) return known_attributes(value, type);
  return value;
}

tf::StateResponse outcome(std::string_view what, Value state, const Value& planned) {
  const tf::Diagnostic failure =
      tf::error("Thing Failed", "The configuration requested a failure.", AttributePath("behaviour"));
  if (what == "fail") return {.state = {}, .private_state = "", .diagnostics = {failure}};
  if (what == "fail_with_state")
    return {.state = state, .private_state = "partial", .diagnostics = {failure}};
  if (what == "fail_with_plan")
    return {.state = planned, .private_state = "partial", .diagnostics = {failure}};
  if (what == "unknowns")
    return {.state = full_of_unknowns(state), .private_state = "odd", .diagnostics = {}};
  if (what == "nothing") return {.state = {}, .private_state = "", .diagnostics = {}};
  if (what == "odd_text") {
    state.set("text", "one \xFF byte");
    state.set("labels", Value::Attributes{{"key \xFE", "value \xFF"}});
    return {.state = state, .private_state = "odd \xFF", .diagnostics = odd_diagnostics()};
  }
  if (what == "bad_value" || what == "surplus" || what == "infinity" || what == "missing") {
    return {.state = misfit(what, state),
            .private_state = "misfit",
            .diagnostics = {tf::warning("Thing Is Odd", "A warning beside an invalid state.")}};
  }
  return {.state = state, .private_state = "kept", .diagnostics = {}};
}

tf::Diagnostics odd_diagnostics() {
  return {
      tf::warning("Plain", "Without a path."),
      tf::warning("Attribute", "At an attribute.", AttributePath("limits").attribute("most")),
      tf::warning("Key", "At a map element.", AttributePath("labels").key("team")),
      tf::warning("Index", "At a list element.", AttributePath("items").index(2)),
      tf::warning("Summary \xFF", "Detail \xFE\xFF", AttributePath("labels").key("key \xFE")),
  };
}

}  // namespace sample
