#pragma once

#include "src/provider/image_copy/model.h"
#include "src/provider/session.h"
#include "tf/diagnostic.h"

namespace provider {

/// Queries the cloud about a planned copy: the source image, the destination region, the name and the quota.
/// Returns an error for everything that the cloud would refuse, and a warning for a query that failed. Skips
/// what is unknown.
tf::Diagnostics preflight(const Session& session, const ImageCopyModel& model, const core::Context& context);

/// Checks the new name of an image that is to be renamed.
tf::Diagnostics preflight_name(const Session& session, const ImageCopyModel& model,
                               const core::Context& context);

}  // namespace provider
