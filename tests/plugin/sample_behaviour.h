#pragma once

#include <stop_token>
#include <string>
#include <string_view>

#include "tf/value.h"

namespace sample {

/// Returns the behavior that the attribute `behaviour` of an object requests of a call: `throw` for the call
/// `create` if it is `create:throw`. Empty if it is not about that call.
std::string requested_behaviour(const tf::Value& object, std::string_view call);

/// Misbehaves in a way that is the same for every call: `throw` throws a `std::exception`, `throw_other`
/// throws something else, and `crash` ends the process by a signal. Returns for any other behavior.
void misbehave(std::string_view what);

/// Prints to stderr that the call waits, and waits until it is stopped.
void wait_for_stop(const std::string& name, const std::stop_token& stop);

/// Prints the same, and waits forever.
void wait_forever(const std::string& name);

}  // namespace sample
