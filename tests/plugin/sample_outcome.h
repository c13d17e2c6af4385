#pragma once

#include <string_view>

#include "tf/provider.h"

namespace sample {

/// Returns the value with a known value for everything unknown in it.
tf::Value with_known_values(const tf::Value& value, const tf::Type& type);

/// Returns the response of a call that changes or reads a thing, for the requested behavior `what`. If that
/// is empty, the new state is `state`. `planned` may contain unknown values.
tf::StateResponse outcome(std::string_view what, tf::Value state, const tf::Value& planned);

/// Returns diagnostics with every kind of path and with invalid UTF-8.
tf::Diagnostics odd_diagnostics();

}  // namespace sample
