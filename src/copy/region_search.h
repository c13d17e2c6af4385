#pragma once

#include <optional>
#include <string>

#include "src/copy/image_copy_model.h"
#include "src/copy/session.h"

namespace copy {

/// Looks through all regions of the account for an image of which only the id is known, as it is after a move
/// from a provider whose state names no region: first where it most likely is. Nothing: it is in none of
/// them. An error if it was not found and one of them could not be asked.
cloud::Result<std::optional<std::string>> find_region(const Session& session, const ImageCopyModel& model,
                                                      const core::Context& context);

}  // namespace copy
