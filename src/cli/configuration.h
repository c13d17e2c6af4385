#pragma once

#include <string>

#include "tf/provider.h"

namespace cli {

/// Validates and applies a provider configuration: a JSON object with the arguments of the provider block,
/// such as `{"alicloud": {"region": "cn-hangzhou"}}`. Empty text means no arguments.
tf::Diagnostics configure(tf::Provider& provider, const std::string& json);

}  // namespace cli
