#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tf/diagnostic.h"
#include "tf/schema.h"
#include "tf/value.h"

namespace tf {

/// What Terraform core leaves to the provider (PROTOCOL.md 7.2): required attributes set to null,
/// computed ones set at all, and each attribute's own validators. Unknown values are taken as valid.
Diagnostics validate_config(const Schema& schema, const Value& config);

/// What an object that is to be created lacks, beyond that: attributes that may be null later.
Diagnostics validate_creation(const Schema& schema, const Value& config);

/// Validators to put into a schema.
namespace validators {

/// One of these words.
Validator one_of(std::vector<std::string> words);

/// Text of that many characters, both ends included.
Validator length_between(std::size_t least, std::size_t most);

/// A whole number in the range, both ends included.
Validator integer_between(std::int64_t least, std::int64_t most);

/// A Go duration of more than zero, such as `90s` or `1h30m`.
Validator duration();

}  // namespace validators
}  // namespace tf
