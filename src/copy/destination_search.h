#pragma once

#include "src/provider/image_copy/model.h"
#include "src/provider/session.h"

namespace copy {

/// Gives a model that has an image and no destination its destination, and what is seen there: looks through
/// all regions of the account, first where the image most likely is. So it is after an import of a job, and
/// after a move from a provider whose state names no region. False: it is in none of them, or the model has
/// no image. An error if it was not found and one of them could not be asked.
cloud::Result<bool> find_destination(const Session& session, ImageCopyModel& model,
                                     const core::Context& context);

}  // namespace copy
