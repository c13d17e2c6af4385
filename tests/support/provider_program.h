#pragma once

#include <string>

namespace harness {

/// The path of the provider to test: the value of `IMAGE_PROVIDER_PROGRAM`, or else the provider that was
/// built with the tests. Throws if the variable names no file.
std::string provider_program();

}  // namespace harness
