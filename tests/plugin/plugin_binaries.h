#pragma once

#include <string>
#include <vector>

namespace harness {

/// Paths of the binaries that every test of the protocol itself is run with.
std::vector<std::string> plugin_binaries();

/// The path of the provider that misbehaves on demand.
std::string sample_binary();

}  // namespace harness
