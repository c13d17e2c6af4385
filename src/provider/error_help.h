#pragma once

#include <string>

#include "src/cloud/error.h"

/// What diagnostics and the guide to errors report about each kind of error.
namespace provider {

/// What the user can do about an error of that kind, in sentences.
std::string next_step(cloud::ErrorKind kind);

/// A Markdown table of all kinds for the guide to errors: what each means, what the provider does, and
/// `next_step`.
std::string error_table();

}  // namespace provider
