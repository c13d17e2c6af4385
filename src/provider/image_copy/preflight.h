#pragma once

#include "src/cloud/copy_rules.h"
#include "src/provider/image_copy/model.h"
#include "src/provider/session.h"
#include "tf/diagnostic.h"

namespace provider {

/// What the cloud would refuse of a planned copy, by its own answers: about the source image, the
/// destination region, the name and the quota. What is not known yet is not asked for. A question that the
/// cloud does not answer is a warning.
///
/// `model` and `wish`: the same planned copy, by what it is made of and by what is known of it.
tf::Diagnostics preflight(const Session& session, const ImageCopyModel& model, const cloud::CopySpec& wish,
                          const core::Context& context);

/// Likewise, for an image that is to get another name.
tf::Diagnostics preflight_name(const Session& session, const ImageCopyModel& model,
                               const cloud::CopySpec& wish, const core::Context& context);

}  // namespace provider
