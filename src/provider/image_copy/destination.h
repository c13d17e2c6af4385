#pragma once

#include "src/provider/image_copy/model.h"
#include "src/provider/session.h"

namespace provider {

/// Gives a model that has an image and no destination its destination, and what is seen there
/// (`copy::find_destination`). False: it is in no region, or the model has no image.
cloud::Result<bool> find_destination(const Session& session, ImageCopyModel& model,
                                     const core::Context& context);

}  // namespace provider
