#pragma once

#include <functional>

#include "src/copy/engine.h"

namespace copy {

/// Repeats a change of an image while the cloud reports that the image is busy, up to the deadline. Returns
/// the outcome of the last attempt.
cloud::Result<void> retry_while_busy(Engine& engine, const std::function<cloud::Result<void>()>& change,
                                     const core::Context& context);

}  // namespace copy
