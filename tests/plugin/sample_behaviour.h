#pragma once

#include <stop_token>
#include <string>
#include <string_view>

#include "tf/value.h"

namespace sample {

/// What the attribute `behaviour` of an object demands of one call: `throw` for `create` if it says
/// `create:throw`. Empty if it says nothing about that call.
std::string demanded(const tf::Value& object, std::string_view call);

/// The misbehaviour that is the same in every call: `throw` throws a `std::exception`, `throw_other` throws
/// something else, `crash` ends the process by a signal. Returns for any other word.
void misbehave(std::string_view what);

/// Says on stderr that the call waits, then waits until it is stopped.
void wait_for_stop(const std::string& name, const std::stop_token& stop);

/// Says the same, then waits for ever.
void wait_in_vain(const std::string& name);

}  // namespace sample
