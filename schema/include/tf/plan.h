#pragma once

#include <string_view>
#include <vector>

#include "tf/attribute_path.h"
#include "tf/schema.h"
#include "tf/value.h"

namespace tf {

/// A planned object and the attributes whose change forces a new object.
struct PlannedChange {
  Value planned;
  std::vector<AttributePath> requires_replace;
};

/// Plans an object by its schema alone, within the rules of PROTOCOL.md 8.5. Configured values are planned as
/// they are. A computed attribute that is not configured takes its default, else its prior value, else is
/// unknown. `prior` is null for an object that will be created; `config` is its whole configuration.
PlannedChange plan_from_schema(const Schema& schema, const Value& prior, const Value& config);

/// Returns whether an attribute differs between two objects.
bool changes(const Value& prior, const Value& planned, std::string_view attribute);

}  // namespace tf
