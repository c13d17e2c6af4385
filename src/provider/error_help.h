#pragma once

#include <string>

#include "src/cloud/error.h"

/// What users are told about each kind of error, by diagnostics and by the guide to errors.
namespace provider {

/// What the user can do about an error of that kind, in sentences.
std::string next_step(cloud::ErrorKind kind);

/// A Markdown table of all kinds for the guide to errors: what each means, what the provider does, and
/// `next_step`.
std::string error_table();

}  // namespace provider
