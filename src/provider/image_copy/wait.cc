#include "src/copy/deduplication.h"
#include "src/core/text.h"
#include "src/provider/diagnostics.h"
#include "src/provider/image_copy/operation.h"

namespace provider {
namespace {

using cloud::CopyState;
using copy::WaitEnd;
using tf::AttributePath;

/// `progress`: how far the copy is, in sentences.
tf::Diagnostic not_in_time(const ImageCopyModel& model, const std::string& progress,
                           std::string_view action) {
  tf::Diagnostic report = tf::error("Copy Not Finished in Time",
                                    progress + "\n\nIt did not finish within the timeout of this " +
                                        std::string(action) + " and goes on by itself; the state holds it. ",
                                    AttributePath("timeouts").attribute(action));
  if (model.keeps_on_timeout) {
    report.severity = tf::Severity::warning;
    report.detail += "The next apply waits on.";
  } else {
    report.detail +=
        "To keep it, run \"terraform untaint\" on this resource if it is tainted and apply again, which "
        "waits "
        "on. To allow more time, set timeouts; to get a warning in place of this error, set on_timeout = "
        "\"keep\".";
  }
  return report;
}

/// The copy goes on, whether it can be looked at or not.
tf::Diagnostic not_followed(const ImageCopyModel& model, const cloud::Error& error) {
  tf::Diagnostic report = call_failed("Copy Cannot Be Followed", "see how far the copy is", error, {});
  report.detail += " The copy goes on by itself; the state holds it. ";
  if (model.keeps_on_timeout) {
    report.severity = tf::Severity::warning;
    report.detail += "The next apply waits on.";
  } else {
    report.detail +=
        "To keep it, run \"terraform untaint\" on this resource if it is tainted and apply again.";
  }
  return report;
}

tf::Diagnostic not_settled(const copy::Deduplication& settlement) {
  std::string detail =
      "Another run may have started this copy at the same time, and it was not possible to make sure that "
      "there is one image only. The next apply tries again.";
  if (!settlement.left.empty()) {
    detail += " Images that should be gone and are not: " + core::join(settlement.left, ", ") + ".";
  }
  if (settlement.error) detail += "\n\n" + cloud::describe(*settlement.error);
  return tf::warning("Copies Not Settled", detail);
}

tf::Diagnostic copy_failed(const ImageCopyModel& model) {
  return tf::error("Copy Failed",
                   "The cloud gave the copy up. " + model.status_reason.value_or("") +
                       "\n\nApplying again deletes what is left of it and starts anew.",
                   AttributePath("source_image_id"));
}

tf::Diagnostic copy_disappeared(const std::string& progress) {
  return tf::error("Copy Disappeared",
                   progress +
                       " It is not there any more: somebody cancelled or deleted it. Apply again to "
                       "start a new one.");
}

tf::Diagnostic still_running(const std::string& progress, const std::string& last_error) {
  return tf::warning("Copy Still Running",
                     progress +
                         " It goes on in the cloud; the state holds it, and the next apply "
                         "waits on." +
                         last_error);
}

/// Two runs have started the copy, and the other one's image stays.
tf::Diagnostic older_image_kept(const ImageCopyModel& model, const cloud::CopyStatus& kept) {
  return tf::warning("Copy Taken Over", "Two runs have started this copy at the same time. The older image " +
                                            kept.image_id + " in region " +
                                            model.spec.destination_region.value() +
                                            " stays, the other one is removed.");
}

/// Waits for the copy to end. Returns what there is to report of that.
struct Followed {
  WaitEnd end = WaitEnd::timed_out;
  tf::Diagnostics diagnostics;
};

Followed follow(Operation& operation, std::string_view action) {
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
  if (outcome.last_view) {
    apply_view(model, *outcome.last_view);
    bool& listed = operation.private_state.visibility.listed;
    listed = listed || outcome.last_view->image;
  }
  const std::string progress = progress_sentence(copy, outcome.last_view);
  const std::string last_error =
      outcome.last_error ? "\n\nThe last look at it failed: " + cloud::describe(*outcome.last_error) : "";
  Followed followed{.end = outcome.end, .diagnostics = {}};
  switch (outcome.end) {
    case WaitEnd::available: break;
    case WaitEnd::failed: followed.diagnostics.push_back(copy_failed(model)); break;
    case WaitEnd::gone: followed.diagnostics.push_back(copy_disappeared(progress)); break;
    case WaitEnd::timed_out:
      followed.diagnostics.push_back(not_in_time(model, progress + last_error, action));
      break;
    case WaitEnd::interrupted: followed.diagnostics.push_back(still_running(progress, last_error)); break;
    case WaitEnd::refused: followed.diagnostics.push_back(not_followed(model, *outcome.last_error)); break;
  }
  return followed;
}

/// The copy is that of another run from now on.
void adopt(Operation& operation, const cloud::CopyStatus& kept) {
  ImageCopyModel& model = operation.model;
  model.image_id = kept.image_id;
  model.job_id.reset();
  model.image.reset();
  apply_view(model, kept);
  operation.private_state.visibility.listed = true;
  operation.diagnostics.push_back(older_image_kept(model, kept));
}

}  // namespace

WaitEnd wait_for_copy(Operation& operation, std::string_view action) {
  ImageCopyModel& model = operation.model;
  bool& unsettled = operation.private_state.unsettled;
  while (true) {
    Followed followed = follow(operation, action);
    const bool can_settle = followed.end == WaitEnd::available || followed.end == WaitEnd::gone;
    if (!unsettled || !can_settle || !model.spec.destination_region.has_value()) {
      tf::append(operation.diagnostics, std::move(followed.diagnostics));
      return followed.end;
    }
    const copy::Deduplication settlement = copy::remove_duplicates(
        *operation.session.engine, copy_request(model), model.image_id.value_or(""), operation.limits);
    if (!settlement.kept) {
      tf::append(operation.diagnostics, std::move(followed.diagnostics));
      if (settlement.error) operation.diagnostics.push_back(not_settled(settlement));
      return followed.end;
    }
    unsettled = !settlement.left.empty();
    if (unsettled) operation.diagnostics.push_back(not_settled(settlement));
    if (settlement.kept->image_id == model.image_id && followed.end == WaitEnd::available)
      return followed.end;
    adopt(operation, *settlement.kept);
    if (model.status == CopyState::available) return WaitEnd::available;
  }
}

}  // namespace provider
