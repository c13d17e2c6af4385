#pragma once

#include <string_view>
#include <vector>

#include "tf/attribute_path.h"
#include "tf/schema.h"
#include "tf/value.h"

namespace tf {

/// A planned object and the attributes whose change means a new one.
struct PlannedChange {
  Value planned;
  std::vector<AttributePath> requires_replace;
};

/// The plan that follows from the schema alone and keeps to PROTOCOL.md 8.5: configured values as they
/// are; where the configuration has null, defaults, else what the state holds, else unknown for what the
/// provider computes. `prior` is null for an object that is to be created; `config` is the whole
/// configuration.
PlannedChange plan_from_schema(const Schema& schema, const Value& prior, const Value& config);

/// Whether an attribute differs between two objects.
bool changes(const Value& prior, const Value& planned, std::string_view attribute);

}  // namespace tf
