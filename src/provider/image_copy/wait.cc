#include "src/copy/deduplication.h"
#include "src/core/text.h"
#include "src/provider/image_copy/diagnostics.h"
#include "src/provider/image_copy/operation.h"

namespace provider {
namespace {

using cloud::CopyState;
using copy::WaitEnd;
using tf::AttributePath;

/// The copy as messages name it, and what is known of it, as sentences.
struct CopyTexts {
  std::string title;
  std::string progress;
  std::string last_error;  ///< may be empty
};

tf::Diagnostic not_in_time(const ImageCopyModel& model, const CopyTexts& copy, std::string_view action) {
  tf::Diagnostic report =
      tf::error("Copy Not Finished in Time",
                copy.title + " did not finish within timeouts." + std::string(action) + ". " + copy.progress +
                    " It continues in the cloud and stays in the state. ",
                AttributePath("timeouts").attribute(action));
  if (model.keeps_on_timeout) {
    report.severity = tf::Severity::warning;
    report.detail += "The next apply resumes waiting.";
  } else {
    report.detail +=
        "To keep it, run \"terraform untaint\" on this resource if it is tainted, and apply again to resume "
        "waiting. To allow more time, raise timeouts." +
        std::string(action) + "; to get a warning instead of this error, set on_timeout = \"keep\".";
  }
  report.detail += copy.last_error;
  return report;
}

/// The cloud keeps refusing the polls. The copy continues all the same.
tf::Diagnostic status_not_read(const ImageCopyModel& model, const cloud::Error& error) {
  const std::string next =
      model.keeps_on_timeout
          ? "The next apply resumes waiting."
          : "To keep it, run \"terraform untaint\" on this resource if it is tainted, and apply again.";
  tf::Diagnostic report = call_failed("Copy Status Cannot Be Read", "read the status of the copy", error, {},
                                      "The copy continues in the cloud and stays in the state. " + next);
  if (model.keeps_on_timeout) report.severity = tf::Severity::warning;
  return report;
}

tf::Diagnostic duplicates_not_removed(const copy::Deduplication& deduplication) {
  std::string detail =
      "Another run may have started this copy at the same time, and its duplicates could not be found and "
      "removed. The next apply tries again.";
  if (!deduplication.left.empty()) {
    detail += " Duplicates that still exist: " + core::join(deduplication.left, ", ") + ".";
  }
  if (deduplication.error) detail += "\n\n" + cloud::describe(*deduplication.error);
  return tf::warning("Duplicate Copies Not Removed", detail);
}

tf::Diagnostic copy_failed(const ImageCopyModel& model) {
  return tf::error("Copy Failed",
                   "The cloud reports that the copy failed. " + model.status_reason.value_or("") +
                       "\n\nApply again to delete what is left of it and to start a new copy.",
                   AttributePath("source_image_id"));
}

tf::Diagnostic copy_disappeared(const CopyTexts& copy) {
  return tf::error("Copy Disappeared", copy.title +
                                           " no longer exists: it was canceled or deleted outside of this "
                                           "run. Apply again to start a new copy.");
}

tf::Diagnostic still_running(const CopyTexts& copy) {
  return tf::warning("Copy Still Running",
                     copy.title +
                         " is not finished, because the run was interrupted. It continues in the cloud and "
                         "stays in the state. The next apply resumes waiting. " +
                         copy.progress + copy.last_error);
}

/// Two runs have started the copy, and the image of the other run stays.
tf::Diagnostic older_image_kept(const ImageCopyModel& model, const cloud::CopyStatus& kept) {
  return tf::warning("Existing Copy Adopted",
                     "Two runs started this copy at the same time. The older image " + kept.image_id +
                         " in region " + model.spec.destination_region.value() +
                         " stays and is now managed by this resource; the other one is removed.");
}

/// How waiting for a copy ended, and what to report.
struct ReportedWait {
  WaitEnd end = WaitEnd::timed_out;
  tf::Diagnostics diagnostics;
};

ReportedWait wait_and_report(Operation& operation, std::string_view action) {
  const ResourceContext& resource = operation.resource;
  copy::Engine& engine = *operation.session.engine;
  ImageCopyModel& model = operation.model;
  const cloud::CopyReference copy = operation.reference();
  const auto size = engine.cache().known_size(copy.source_region, copy.source_image_id);
  const copy::WaitOutcome outcome =
      copy::CopyWaiter(engine, resource.clock, resource.log)
          .wait({.copy = copy, .visibility = operation.private_state.visibility, .size_gb = size},
                operation.limits);
  engine.cache().changed(copy);
  if (outcome.last_status) {
    apply_status(model, *outcome.last_status);
    bool& listed = operation.private_state.visibility.listed;
    listed = listed || outcome.last_status->image;
  }
  const CopyTexts texts = {
      .title = title_of(copy),
      .progress = progress_sentence(outcome.last_status),
      .last_error =
          outcome.last_error ? "\n\nThe last poll failed: " + cloud::describe(*outcome.last_error) : ""};
  ReportedWait waited{.end = outcome.end, .diagnostics = {}};
  switch (outcome.end) {
    case WaitEnd::available: break;
    case WaitEnd::failed: waited.diagnostics.push_back(copy_failed(model)); break;
    case WaitEnd::gone: waited.diagnostics.push_back(copy_disappeared(texts)); break;
    case WaitEnd::timed_out: waited.diagnostics.push_back(not_in_time(model, texts, action)); break;
    case WaitEnd::stopped: waited.diagnostics.push_back(still_running(texts)); break;
    case WaitEnd::refused: waited.diagnostics.push_back(status_not_read(model, *outcome.last_error)); break;
  }
  return waited;
}

/// Replaces the copy in the model with that of another run.
void adopt(Operation& operation, const cloud::CopyStatus& kept) {
  ImageCopyModel& model = operation.model;
  model.image_id = kept.image_id;
  model.job_id.reset();
  model.image.reset();
  apply_status(model, kept);
  operation.private_state.visibility.listed = true;
  operation.diagnostics.push_back(older_image_kept(model, kept));
}

}  // namespace

WaitEnd wait_for_copy(Operation& operation, std::string_view action) {
  ImageCopyModel& model = operation.model;
  bool& unsettled = operation.private_state.unsettled;
  while (true) {
    ReportedWait waited = wait_and_report(operation, action);
    const bool has_image = waited.end == WaitEnd::available || waited.end == WaitEnd::gone;
    if (!unsettled || !has_image || !model.spec.destination_region.has_value()) {
      tf::append(operation.diagnostics, std::move(waited.diagnostics));
      return waited.end;
    }
    const copy::Deduplication deduplication = copy::remove_duplicates(
        *operation.session.engine, copy_request(model), model.image_id.value_or(""), operation.limits);
    if (!deduplication.kept) {
      tf::append(operation.diagnostics, std::move(waited.diagnostics));
      if (deduplication.error) operation.diagnostics.push_back(duplicates_not_removed(deduplication));
      return waited.end;
    }
    unsettled = !deduplication.left.empty();
    if (unsettled) operation.diagnostics.push_back(duplicates_not_removed(deduplication));
    if (deduplication.kept->image_id == model.image_id && waited.end == WaitEnd::available) return waited.end;
    adopt(operation, *deduplication.kept);
    if (model.status == CopyState::available) return WaitEnd::available;
  }
}

}  // namespace provider
