#pragma once

#include <expected>
#include <functional>
#include <optional>
#include <string>

#include "schema/value.h"
#include "src/sign/credentials.h"

namespace copy {

/// A variable of the environment; nothing if absent or empty.
using Environment = std::function<std::optional<std::string>(const char* name)>;

/// The keys of one cloud: from its block of the provider configuration, else from the variables that the
/// vendor's own tools read. `block` may be null. The error says which places were looked at, in order.
std::expected<sign::Credentials, std::string> find_credentials(std::string_view cloud, const tf::Value& block,
                                                               const Environment& environment);

/// The default region, likewise; empty if there is none.
std::string find_region(std::string_view cloud, const tf::Value& block, const Environment& environment);

}  // namespace copy
