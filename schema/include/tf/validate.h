#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tf/diagnostic.h"
#include "tf/schema.h"
#include "tf/value.h"

namespace tf {

/// Checks what Terraform core leaves to the provider (PROTOCOL.md 7.2): that required attributes are not
/// null, that read-only ones are not configured, and each attribute's own validators. Unknown values pass.
Diagnostics validate_config(const Schema& schema, const Value& config);

/// Checks that attributes with `required_to_create` are set, before an object is created.
Diagnostics validate_creation(const Schema& schema, const Value& config);

/// Validators for `Attribute::validators`. Each accepts values of other types, which the type rejects.
namespace validators {

/// A string must be one of these values.
Validator one_of(std::vector<std::string> values);

/// A string must have `min` to `max` characters (code points), inclusive.
Validator length_between(std::size_t min, std::size_t max);

/// A number must be a whole number from `min` to `max`, inclusive.
Validator integer_between(std::int64_t min, std::int64_t max);

/// A string must be a Go duration such as `90s` or `1h30m`, from 1 millisecond to 366 days.
Validator duration();

}  // namespace validators
}  // namespace tf
