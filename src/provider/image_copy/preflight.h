#pragma once

#include "src/provider/image_copy/model.h"
#include "src/provider/session.h"
#include "tf/diagnostic.h"

namespace provider {

/// Queries the cloud for what it would refuse of a planned copy: the source image, the destination region,
/// the name and the quota. Leaves out what is unknown. A query that fails is a warning.
tf::Diagnostics preflight(const Session& session, const ImageCopyModel& model, const core::Context& context);

/// The same, for an image that is to be renamed.
tf::Diagnostics preflight_name(const Session& session, const ImageCopyModel& model,
                               const core::Context& context);

}  // namespace provider
