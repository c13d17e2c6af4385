#include "src/copy/copy_key.h"
#include "src/copy/deduplication.h"
#include "src/copy/ensure_copy.h"
#include "src/core/text.h"
#include "src/provider/image_copy/diagnostics.h"
#include "src/provider/image_copy/operations.h"
#include "src/provider/tags.h"

namespace provider {
namespace {

using cloud::CopyState;
using tf::AttributePath;
using tf::Value;

tf::Diagnostic not_started(const ImageCopyModel& model, const copy::EnsureFailure& end) {
  if (!end.conflicts.empty()) return name_taken(model, end.conflicts, "No copy was started.");
  if (!end.may_have_started) {
    return call_failed("Copy Not Started", "start the copy", end.error, culprit(end.error));
  }
  return call_failed("Copy May Have Been Started", "start the copy", end.error, culprit(end.error),
                     "The response to the call that starts the copy was lost, and the copy has not appeared "
                     "in the destination yet. The next apply searches for the copy before it starts one.");
}

tf::Diagnostic existing_copy_adopted(const copy::EnsuredCopy& started) {
  std::string detail = "The image " + started.adopted->image_id + " in region " +
                       started.copy.destination_region +
                       (started.by_name ? " has the name of this copy, and adopt_existing is true."
                                        : " is this copy, started by an earlier run or another one.") +
                       " The resource now manages it, and no new copy was started.";
  if (!started.duplicates.empty()) {
    detail += " There are duplicates of this copy: " + core::join(started.duplicates, ", ") +
              ". If they come from runs that were killed, delete them.";
  }
  return tf::warning("Existing Copy Adopted", detail);
}

tf::Diagnostic not_aligned(const cloud::Error& error, std::string_view task, std::string_view attribute) {
  tf::Diagnostic failed =
      call_failed("Image Not Changed", task, error, AttributePath(attribute), "The next apply tries again.");
  failed.severity = tf::Severity::warning;
  return failed;
}

/// Changes the name and description of an adopted image to those of the configuration.
void align_attributes(Operation& operation) {
  const ImageCopyModel& model = operation.model;
  const cloud::Traits& traits = operation.cloud().traits();
  ImageCopyModel present = model;
  apply_drift(present, *model.image, {}, traits);
  const auto changes = changes_of(present, model, traits);
  if (!changes.any()) return;
  const auto done =
      operation.cloud().editing()->update_image(operation.reference(), changes, operation.limits);
  if (done) return;
  operation.diagnostics.push_back(
      not_aligned(done.error(), "change the image", changes.name ? "name" : "description"));
}

/// Changes the tags of an adopted image to those of the configuration.
void align_tags(Operation& operation) {
  const ImageCopyModel& model = operation.model;
  const cloud::CopyReference copy = operation.reference();
  const auto tags = operation.cloud().tags_of(copy, *model.image, operation.limits);
  if (!tags) {
    operation.diagnostics.push_back(not_aligned(tags.error(), "read the tags", "tags"));
    return;
  }
  const auto changes = tag_changes(tags_value(*tags), tags_value(model.spec.tags));
  const auto done = changes.any() ? operation.cloud().tagging()->change_tags(copy, changes, operation.limits)
                                  : cloud::Result<void>();
  operation.session.cache().changed(copy);
  operation.private_state.untagged = !operation.cloud().reports_tags() && !done;
  if (!done) operation.diagnostics.push_back(not_aligned(done.error(), "change the tags", "tags"));
}

/// Changes an adopted image where it differs from the configuration.
void align(Operation& operation) {
  // Where the cloud reports tags, the next read shows what is missing.
  operation.private_state.untagged = !operation.cloud().reports_tags() && !operation.model.spec.tags.empty();
  if (operation.model.status != CopyState::available || !operation.model.image) return;
  align_attributes(operation);
  align_tags(operation);
}

/// Sets the tags that the copy call could not set. A failure is a warning: the copy itself has succeeded.
void tag_new_copy(Operation& operation) {
  const ImageCopyModel& model = operation.model;
  if (model.spec.tags.empty() || operation.cloud().traits().tags_with_copy) return;
  operation.private_state.untagged = true;
  if (model.status != CopyState::available) {
    operation.diagnostics.push_back(tf::warning(
        "Tags Not Set Yet",
        "This cloud accepts tags only when the copy is finished. The first apply after that sets them.",
        AttributePath("tags")));
    return;
  }
  const auto tagged = operation.cloud().tagging()->change_tags(
      operation.reference(), {.set = model.spec.tags, .remove = {}}, operation.limits);
  operation.session.cache().changed(operation.reference());
  operation.private_state.untagged = !tagged;
  if (tagged) return;
  tf::Diagnostic failed =
      call_failed("Tags Not Set", "set the tags of the new image", tagged.error(), AttributePath("tags"),
                  "The copy itself is finished; the next apply sets the tags.");
  failed.severity = tf::Severity::warning;
  operation.diagnostics.push_back(std::move(failed));
}

/// Fills in the plan what was unknown while planning. Returns false, with diagnostics, if it breaks a rule.
bool complete_plan(Value& planned, const Value& config, const Session& session,
                   tf::Diagnostics& diagnostics) {
  plan_regions(planned, config, false, session, diagnostics);
  planned.set("tags_all", merged_tags(planned["tags"], session.clouds->default_tags()));
  tf::append(diagnostics, check_copy_rules(planned, cloud::CopyStage::starting));
  if (tf::has_error(diagnostics)) return false;
  planned.set("copy_key",
              Value::of(copy::copy_key(planned["cloud"].text().value_or(""), copy_spec(planned))));
  return true;
}

/// Notes in the model and the private state what was started or adopted.
void record(Operation& operation, const copy::EnsuredCopy& ensured) {
  ImageCopyModel& model = operation.model;
  operation.private_state = {.visibility = {.started = operation.resource.clock.utc()},
                             .unsettled = model.waits_until_available && !ensured.adopted &&
                                          copy::may_have_duplicates(operation.cloud().traits()),
                             .project_name = model.spec.project_name.value(),
                             .described = model.spec.description.is_set()};
  model.status = ensured.copy.last_state;
  model.image_id = ensured.copy.image_id.empty() ? std::nullopt : std::optional(ensured.copy.image_id);
  model.job_id = ensured.copy.job_id.empty() ? std::nullopt : std::optional(ensured.copy.job_id);
  if (!ensured.adopted) return;
  apply_status(model, *ensured.adopted);
  operation.private_state.visibility.listed = true;
  operation.diagnostics.push_back(existing_copy_adopted(ensured));
}

/// Starts or adopts the copy, waits for it if the configuration says so, and sets what the copy call could
/// not. Returns false, with a diagnostic, if there is no copy.
bool make_copy(Operation& operation) {
  const ImageCopyModel& model = operation.model;
  copy::Engine& engine = *operation.session.engine;
  copy::AdmissionQueue::Ticket ticket(engine.admission(), model.spec.source_region.value(),
                                      model.spec.source_image_id.value());
  // A temporary, so that its memory is freed before the wait.
  auto ensured = copy::EnsureCopy(engine, ticket, operation.resource.log,
                                  {.copy = copy_request(model), .adopts_by_name = model.adopts_existing})
                     .run(operation.limits);
  if (!ensured) {
    engine.ownership().release(*model.copy_key);
    operation.diagnostics.push_back(not_started(model, ensured.error()));
    return false;
  }
  record(operation, *ensured);
  const bool has_ended = copy::has_ended(*model.status);
  if (!has_ended && model.waits_until_available) {
    wait_for_copy(operation, "create");
  } else if (!has_ended) {
    ticket.detach(ensured->copy);
  }
  if (ensured->adopted) {
    align(operation);
  } else {
    tag_new_copy(operation);
  }
  return true;
}

}  // namespace

tf::StateResponse create(const ResourceContext& resource, tf::CreateRequest request,
                         const std::stop_token& stop) {
  tf::StateResponse response;
  auto session = open_session(resource, read_model(request.planned_state), stop, response.diagnostics);
  if (!session) return response;
  Value planned = std::move(request.planned_state);
  if (!complete_plan(planned, std::exchange(request.config, {}), *session, response.diagnostics)) {
    return response;
  }
  ImageCopyModel model = read_model(planned);
  if (model.spec.project_name.value().empty()) {
    model.spec.project_name = session->cloud().default_project(model.spec.destination_region.value());
  }
  if (!session->ownership().claim(*model.copy_key)) {
    response.diagnostics.push_back(duplicate_copy(model));
    return response;
  }
  Operation operation{.resource = resource,
                      .session = *std::move(session),
                      .limits = action_limits(resource, planned, Timeout::create, stop),
                      .model = std::move(model),
                      .private_state = {},
                      .diagnostics = std::move(response.diagnostics)};
  if (make_copy(operation)) {
    response.state = with_model(std::move(planned), operation.model);
    response.private_state = write_private_state(operation.private_state);
  }
  response.diagnostics = std::move(operation.diagnostics);
  return response;
}

}  // namespace provider
