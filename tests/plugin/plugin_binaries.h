#pragma once

#include <string>
#include <vector>

namespace harness {

/// The paths of the binaries with which every test of the protocol runs.
std::vector<std::string> plugin_binaries();

/// The path of the provider that misbehaves on demand.
std::string sample_binary();

}  // namespace harness
