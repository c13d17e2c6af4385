#include "tf/plan.h"

namespace tf {
namespace {

Value plan_object(const std::vector<Attribute>& attributes, const Value& prior, const Value& config);

/// Matches elements of nested maps by key and of nested lists by index. Elements of sets are always new.
Value plan_nested(const NestedAttributes& nested, const Value& prior, const Value& config) {
  switch (nested.nesting) {
    case Nesting::single: return plan_object(nested.attributes, prior, config);
    case Nesting::list:
    case Nesting::set: {
      Value::Elements planned;
      const Value::Elements* prior_elements = nested.nesting == Nesting::list ? prior.as_elements() : nullptr;
      for (const Value& element : *config.as_elements()) {
        const std::size_t i = planned.size();
        const bool matched = prior_elements != nullptr && i < prior_elements->size();
        planned.push_back(plan_object(nested.attributes, matched ? (*prior_elements)[i] : Value(), element));
      }
      return planned;
    }
    case Nesting::map: {
      Value::Attributes planned;
      for (const auto& [key, element] : *config.as_attributes()) {
        planned.emplace(key, plan_object(nested.attributes, prior[key], element));
      }
      return planned;
    }
  }
  return config;
}

Value plan_attribute(const Attribute& attribute, bool exists, const Value& prior, const Value& config) {
  if (!config.is_null()) {
    return attribute.nested && config.is_known() ? plan_nested(*attribute.nested, prior, config) : config;
  }
  if (!attribute.is_computed()) return {};
  if (attribute.default_value) return *attribute.default_value;
  return exists ? prior : Value::unknown();
}

Value plan_object(const std::vector<Attribute>& attributes, const Value& prior, const Value& config) {
  if (config.is_null() || config.is_unknown()) return config;
  Value::Attributes planned;
  for (const Attribute& attribute : attributes) {
    planned.emplace(attribute.name, plan_attribute(attribute, !prior.is_null(), prior[attribute.name],
                                                   config[attribute.name]));
  }
  return planned;
}

}  // namespace

PlannedChange plan_from_schema(const Schema& schema, const Value& prior, const Value& config) {
  PlannedChange change{.planned = plan_object(schema.attributes, prior, config), .requires_replace = {}};
  if (prior.is_null()) return change;
  for (const Attribute& attribute : schema.attributes) {
    const bool replaces =
        attribute.replacement == Replacement::on_change ||
        (attribute.replacement == Replacement::on_change_of_known && !prior[attribute.name].is_null());
    if (replaces && changes(prior, change.planned, attribute.name)) {
      change.requires_replace.emplace_back(attribute.name);
    }
  }
  return change;
}

bool changes(const Value& prior, const Value& planned, std::string_view attribute) {
  return prior[attribute] != planned[attribute];
}

}  // namespace tf
