#pragma once

#include <string_view>

#include "tf/provider.h"

namespace sample {

/// The object with a value for everything unknown in it: what the thing really is like.
tf::Value settled(const tf::Value& value, const tf::Type& type);

/// What a call that changes or reads a thing answers when `what` is demanded of it; with no demand, that the
/// thing is now as `state` says. `planned` is what may still hold unknown values.
tf::StateResponse outcome(std::string_view what, tf::Value state, const tf::Value& planned);

/// Diagnostics with every kind of path and with text that is not UTF-8.
tf::Diagnostics odd_diagnostics();

}  // namespace sample
