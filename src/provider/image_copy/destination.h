#pragma once

#include "src/provider/image_copy/model.h"
#include "src/provider/session.h"

namespace provider {

/// Searches for the region of the model's image (`copy::find_destination`), and sets the destination and the
/// status that is read there. Returns false if the image is in no region, or if the model has no image.
cloud::Result<bool> find_destination(const Session& session, ImageCopyModel& model,
                                     const core::Context& context);

}  // namespace provider
