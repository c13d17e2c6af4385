#pragma once

#include <string>
#include <string_view>

#include "src/cloud/copy_rules.h"
#include "src/cloud/image_cloud.h"
#include "src/provider/image_copy/model.h"
#include "tf/diagnostic.h"
#include "tf/value.h"

/// What people read when a copy goes wrong: what was tried, where, what the cloud said, and what to do next.
namespace provider {

/// A failed call. `what`: what was tried, as in "start the copy".
tf::Diagnostic call_failed(std::string summary, std::string_view what, const cloud::Error& error,
                           tf::AttributePath attribute);

/// The attribute that most likely caused a failed copy call; empty if none did.
tf::AttributePath culprit(const cloud::Error& error);

/// Errors, and warnings for doubts, each at the attribute that is to blame.
tf::Diagnostics violations_found(std::vector<cloud::Violation> violations);

/// What the cloud would refuse of a plan or configuration, as far as that is known without a call.
tf::Diagnostics check_copy_rules(const tf::Value& value, cloud::CopyStage stage);

/// A state that was changed by hand: without an id nothing can be looked at, and nothing is known to be gone.
tf::Diagnostic state_without_ids();

/// Another resource of the same configuration is that copy, too.
tf::Diagnostic same_copy_twice(const ImageCopyModel& model);

/// Other images have the name of a copy that was to be started.
tf::Diagnostic name_taken(const ImageCopyModel& model, const std::vector<std::string>& image_ids);

/// Where a copy stands, in one sentence: "The copy of m-1 (cn-hangzhou) to cn-shanghai is at 37 percent."
std::string progress_sentence(const cloud::CopyReference& copy, const std::optional<cloud::CopyStatus>& view);

}  // namespace provider
