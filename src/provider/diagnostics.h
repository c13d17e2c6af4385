#pragma once

#include <string>
#include <string_view>

#include "src/cloud/copy_rules.h"
#include "src/cloud/image_cloud.h"
#include "src/provider/image_copy/model.h"
#include "tf/diagnostic.h"
#include "tf/value.h"

/// The diagnostics of copies. Each leads with the cause, then says what to do; what identifies the API call
/// comes last.
namespace provider {

/// An API call that failed. `task`: what the call was for, as in "start the copy". `consequence`: sentences
/// about what follows for the resource; may be empty.
tf::Diagnostic call_failed(std::string summary, std::string_view task, const cloud::Error& error,
                           tf::AttributePath attribute, std::string_view consequence = {});

/// The attribute that most likely caused a failed copy call; empty if none did.
tf::AttributePath culprit(const cloud::Error& error);

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
