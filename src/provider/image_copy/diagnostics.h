#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/cloud/copy_rules.h"
#include "src/provider/diagnostics.h"
#include "src/provider/image_copy/model.h"
#include "tf/value.h"

/// The diagnostics that several operations of `image_copy` report.
namespace provider {

/// Errors, and warnings for doubts, each at the attribute that causes it.
tf::Diagnostics violations_found(std::vector<cloud::Violation> violations);

/// Checks a plan or configuration against the rules of its cloud, without an API call.
tf::Diagnostics check_copy_rules(const tf::Value& value, cloud::CopyStage stage);

/// The state was edited: without an ID, the image can neither be read nor be known to be gone.
tf::Diagnostic state_without_ids();

/// Another resource of the same configuration makes the same copy.
tf::Diagnostic duplicate_copy(const ImageCopyModel& model);

/// Other images have the name of the copy to be started. `consequence`: a sentence about what follows.
tf::Diagnostic name_taken(const ImageCopyModel& model, const std::vector<std::string>& image_ids,
                          std::string_view consequence);

/// Names a copy at the beginning of a sentence, such as `The copy of m-1 (r1) to r2`.
std::string title_of(const cloud::CopyReference& copy);

/// The progress or status of a copy, as a sentence. `status`: nullopt if it was not read yet.
std::string progress_sentence(const std::optional<cloud::CopyStatus>& status);

}  // namespace provider
