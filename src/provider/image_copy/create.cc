#include "src/copy/copy_key.h"
#include "src/copy/deduplication.h"
#include "src/copy/ensure_copy.h"
#include "src/core/text.h"
#include "src/provider/diagnostics.h"
#include "src/provider/image_copy/resource.h"
#include "src/provider/tags.h"

namespace provider {
namespace {

using cloud::CopyState;
using tf::AttributePath;
using tf::Value;

tf::Diagnostic not_started(const ImageCopyModel& model, const copy::EnsureFailure& end) {
  if (!end.rivals.empty()) return name_taken(model, end.rivals);
  tf::Diagnostic report = call_failed("Copy Not Started", "start the copy", end.error, culprit(end.error));
  if (end.may_run) {
    report.summary = "Copy May Have Been Started";
    report.detail +=
        "\n\nThe answer to the call that starts the copy was lost, and the copy is not to be seen in the "
        "destination yet. The next apply looks for it before it starts one.";
  }
  return report;
}

tf::Diagnostic taken_over(const copy::EnsuredCopy& started) {
  std::string detail = "The image " + started.taken_over->image_id + " in region " +
                       started.copy.destination_region +
                       (started.is_adopted ? " has the name of this copy, and adopt_existing is true."
                                           : " is this copy already, from an earlier run or another one.") +
                       " Nothing new was started.";
  if (!started.others.empty()) {
    detail += " The same copy are also: " + core::join(started.others, ", ") +
              ". If they come from runs that were killed, delete them.";
  }
  return tf::warning("Copy Taken Over", detail);
}

}  // namespace

/// Changes what an image that was taken over has otherwise than the configuration says.
void ImageCopyResource::align(const Session& session, const ImageCopyModel& model, PrivateState& known,
                              const core::Context& context, tf::Diagnostics& diagnostics) {
  // Where the cloud tells the tags, the next look shows what is missing.
  const bool is_blind = !session.cloud().traits().reports_tags;
  known.untagged = is_blind && !model.tags_all.empty();
  if (model.status != CopyState::available || !model.image) return;
  const cloud::CopyReference copy = copy_reference(model);
  const auto report = [&](const cloud::Error& error, std::string_view what, const char* attribute) {
    tf::Diagnostic failed = call_failed("Image Not Changed", what, error, AttributePath(attribute));
    failed.severity = tf::Severity::warning;
    failed.detail += " The next apply tries again.";
    diagnostics.push_back(std::move(failed));
  };
  ImageCopyModel present = model;
  take_over_drift(present, *model.image, {}, session.cloud().traits());
  if (const auto changes = changes_of(present, model, session.cloud().traits()); changes.any()) {
    const auto done = session.cloud().update_image(copy, changes, context);
    if (!done) report(done.error(), "change the image", changes.name ? "name" : "description");
  }
  const auto tags = session.cloud().read_tags(copy, *model.image, context);
  if (!tags) return report(tags.error(), "read the tags", "tags");
  const auto changes = tag_changes(tags_value(tags->value_or(cloud::Tags())), tags_value(model.tags_all));
  const auto done =
      changes.any() ? session.cloud().change_tags(copy, changes, context) : cloud::Result<void>();
  session.cache().changed(copy);
  known.untagged = is_blind && !done;
  if (!done) report(done.error(), "change the tags", "tags");
}

void ImageCopyResource::tag_new_copy(const Session& session, const ImageCopyModel& model, PrivateState& known,
                                     const core::Context& context, tf::Diagnostics& diagnostics) {
  if (model.tags_all.empty() || session.cloud().traits().tags_with_copy) return;
  known.untagged = true;
  if (model.status != CopyState::available) {
    diagnostics.push_back(
        tf::warning("Tags Are Set Later",
                    "This cloud takes tags only when the copy is finished. The first apply after "
                    "that sets them.",
                    AttributePath("tags")));
    return;
  }
  const auto tagged =
      session.cloud().change_tags(copy_reference(model), {.set = model.tags_all, .remove = {}}, context);
  session.cache().changed(copy_reference(model));
  known.untagged = !tagged;
  if (tagged) return;
  tf::Diagnostic failed =
      call_failed("Tags Not Set", "set the tags of the new image", tagged.error(), AttributePath("tags"));
  failed.severity = tf::Severity::warning;
  failed.detail += " The copy itself is finished; the next apply sets the tags.";
  diagnostics.push_back(std::move(failed));
}

tf::StateResponse ImageCopyResource::create(tf::CreateRequest request, const std::stop_token& stop) {
  tf::StateResponse response;
  ImageCopyModel model = read_model(request.planned_state);
  const auto session = open(model.cloud.value_or(""), stop, response.diagnostics);
  if (!session) return response;
  Value planned = std::move(request.planned_state);
  plan_regions(planned, std::exchange(request.config, {}), false, *session, response.diagnostics);
  planned.set("tags_all", merged_tags(planned["tags"], session->clouds->default_tags()));
  tf::append(response.diagnostics, check_copy_rules(planned, true));
  if (tf::has_error(response.diagnostics)) return response;
  planned.set("copy_key", Value::of(copy::copy_key(*model.cloud, copy_spec(planned))));
  model = read_model(planned);
  if (model.project_name.value_or("").empty()) {
    model.project_name = session->cloud().project_in(model.destination_region.value_or(""));
  }

  if (!session->ownership().claim(*model.copy_key)) {
    response.diagnostics.push_back(same_copy_twice(model));
    return response;
  }
  const core::Context limits = context(planned, Action::create, stop);
  copy::AdmissionQueue::Ticket place(session->engine->admission(), model.source_region.value_or(""),
                                     model.source_image_id.value_or(""));
  // Whatever it needs is given back before the wait.
  auto started =
      copy::EnsureCopy(*session->engine, place, clock_, log_, copy_request(model), model.adopts_existing)
          .run(limits);
  if (!started) {
    session->ownership().release(*model.copy_key);
    response.diagnostics.push_back(not_started(model, started.error()));
    return response;
  }
  const bool waits = model.waits_until_available;
  PrivateState known{
      .visibility = {.started = clock_.utc()},
      .unsettled = waits && !started->taken_over && copy::may_have_duplicates(session->cloud().traits()),
      .project_name = model.project_name.value_or(""),
      .described = !model.description.value_or("").empty()};
  model.status = started->copy.last_state;
  model.image_id = started->copy.image_id.empty() ? std::nullopt : std::optional(started->copy.image_id);
  model.job_id = started->copy.job_id.empty() ? std::nullopt : std::optional(started->copy.job_id);
  if (started->taken_over) {
    apply_view(model, *started->taken_over);
    known.visibility.listed = true;
    response.diagnostics.push_back(taken_over(*started));
  }
  if (waits && !copy::has_ended(*model.status)) {
    follow_and_settle(*session, model, known, limits, "create", response.diagnostics);
  } else if (!copy::has_ended(*model.status)) {
    place.run_on(started->copy);
  }
  if (started->taken_over) {
    align(*session, model, known, limits, response.diagnostics);
  } else {
    tag_new_copy(*session, model, known, limits, response.diagnostics);
  }
  response.state = with_model(std::move(planned), model);
  response.private_state = write_private_state(known);
  return response;
}

}  // namespace provider
