#pragma once

#include <string>

#include "tf/provider.h"

namespace cli {

/// Configures a provider by a JSON object with the arguments of its block, such as
/// `{"alicloud": {"region": "cn-hangzhou"}}`; empty text is a block without any. Errors say what is wrong.
tf::Diagnostics configure(tf::Provider& provider, const std::string& json);

}  // namespace cli
