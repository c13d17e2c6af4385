#pragma once

#include <string>
#include <string_view>

#include "src/cloud/error.h"
#include "tf/diagnostic.h"

/// Diagnostics of API calls. Each leads with the cause, then says what to do; what identifies the call comes
/// last.
namespace provider {

/// An API call that failed. `task`: what the call was for, as in "start the copy". `consequence`: sentences
/// about what follows for the resource; may be empty.
tf::Diagnostic call_failed(std::string summary, std::string_view task, const cloud::Error& error,
                           tf::AttributePath attribute, std::string_view consequence = {});

/// The attribute that most likely caused a failed copy call; empty if none did.
tf::AttributePath culprit(const cloud::Error& error);

}  // namespace provider
