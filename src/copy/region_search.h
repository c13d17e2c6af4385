#pragma once

#include <optional>
#include <string>

#include "src/copy/image_copy_model.h"
#include "src/copy/session.h"

namespace copy {

struct FoundImage {
  std::string region;
  cloud::CopyView view;
};

/// Looks through all regions of the account for an image of which only the id is known: first where it most
/// likely is. So it is after an import of a job, and after a move from a provider whose state names no
/// region. Nothing: it is in none of them. An error if it was not found and one of them could not be asked.
cloud::Result<std::optional<FoundImage>> find_anywhere(const Session& session, const ImageCopyModel& model,
                                                       const core::Context& context);

/// The same for a model that has an image and no destination, which it gets, with what is seen there. Whether
/// it has one now.
cloud::Result<bool> find_destination(const Session& session, ImageCopyModel& model,
                                     const core::Context& context);

}  // namespace copy
