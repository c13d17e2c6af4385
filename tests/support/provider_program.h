#pragma once

#include <string>

namespace harness {

/// The path of the provider to test: the one that `IMAGE_PROVIDER_PROGRAM` names, else the one that was built
/// with the tests. Throws if the variable names no file.
std::string provider_program();

}  // namespace harness
