#include "src/copy/deduplication.h"
#include "src/copy/removal.h"
#include "src/core/text.h"
#include "src/provider/diagnostics.h"
#include "src/provider/image_copy/destination.h"
#include "src/provider/image_copy/private_state.h"
#include "src/provider/image_copy/resource.h"
#include "src/provider/tags.h"
#include "tf/plan.h"

namespace provider {
namespace {

using cloud::CopyState;
using tf::AttributePath;
using tf::Value;

/// What an import could not tell and the configuration says now.
void complete_after_import(ImageCopyModel& model, const ImageCopyModel& wanted) {
  if (!model.source_image_id) model.source_image_id = wanted.source_image_id;
  if (!model.source_region) model.source_region = wanted.source_region;
  if (!model.destination_region) model.destination_region = wanted.destination_region;
  if (!model.project_name) model.project_name = wanted.project_name;
  if (!model.name) model.name = wanted.name;
}

/// The rest of the update waits for the next apply. What needs no call is done.
tf::StateResponse unfinished_update(const Value& prior, Value planned, ImageCopyModel model,
                                    const ImageCopyModel& wanted, PrivateState known,
                                    const cloud::Traits& traits, tf::Diagnostics diagnostics) {
  const bool failed = tf::has_error(diagnostics);
  if (planned["destination_region"].is_unknown() || failed) {
    planned.set("destination_region", prior["destination_region"]);
  }
  model.destination_region = planned["destination_region"].text();
  if (failed) {
    for (const char* name : {"tags", "tags_all"}) planned.set(name, prior[name]);
  } else {
    // Terraform takes no other values than the planned ones without an error. The next look shows what the
    // image really has.
    model.name = wanted.name;
    model.description = wanted.description;
    const bool tags_wait = tf::changes(prior, planned, "tags_all") && !traits.reports_tags;
    known.untagged = known.untagged || tags_wait;
  }
  model.encrypted = wanted.encrypted;
  model.kms_key_id = wanted.kms_key_id;
  return {.state = with_model(std::move(planned), model),
          .private_state = write_private_state(known),
          .diagnostics = std::move(diagnostics)};
}

/// A running copy is waited for when the configuration says so, and because it cannot be changed before its
/// end.
bool must_follow(const Value& prior, const Value& planned, bool renames) {
  if (planned["status"].is_unknown()) return true;
  return is_running(prior) && renames;
}

copy::RemovalRequest removal_request(const Value& state, const ImageCopyModel& model,
                                     const PrivateState& known) {
  copy::RemovalRequest request{.copy = copy_reference(model),
                               .visibility = known.visibility,
                               .snapshot_ids = known.snapshots_left,
                               .with_snapshots = state["delete_snapshots"].boolean().value_or(true),
                               .force = state["force_delete"].boolean().value_or(false)};
  for (std::string& id : texts_of(state["snapshot_ids"])) request.snapshot_ids.push_back(std::move(id));
  return request;
}

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

tf::Diagnostic retained(const ImageCopyModel& model) {
  const cloud::CopyReference copy = copy_reference(model);
  const std::string what = copy.image_id.empty() ? "job " + copy.job_id : "image " + copy.image_id;
  return tf::warning("Image Retained",
                     "The " + what + " in region " + copy.destination_region +
                         " stays in the cloud, because on_destroy is \"retain\". Terraform forgets it.");
}

/// With create_before_destroy the replacement has found the very image that it was to replace.
tf::Diagnostic kept_for_replacement(const ImageCopyModel& model) {
  return tf::warning("Image Kept for Its Replacement",
                     "The image " + model.image_id.value_or("") + " in region " +
                         model.destination_region.value_or("") +
                         " is not deleted: the resource that replaces this one is the same copy, and has "
                         "taken it over. To get a new image, give it another name, or leave "
                         "create_before_destroy out.");
}

/// The same, but the replacement was to be another copy, and has adopted the image for its name.
tf::Diagnostic taken_by_another(const ImageCopyModel& model) {
  return tf::error(
      "Image Adopted by Its Replacement",
      "The image " + model.image_id.value_or("") + " in region " + model.destination_region.value_or("") +
          " was to be replaced by another copy of that name, which has taken over this very image, "
          "because adopt_existing is true and create_before_destroy has it look before the image "
          "is gone. Set adopt_existing = false or leave create_before_destroy out, and apply "
          "twice: the image is removed first, and then the new copy is made.",
      AttributePath("adopt_existing"));
}

/// The image is gone, and what it was built on is not.
tf::Diagnostic snapshots_left(const ImageCopyModel& model, const copy::RemovalOutcome& outcome) {
  std::string detail = "The image " + model.image_id.value_or("") + " in region " +
                       model.destination_region.value_or("") +
                       " is deleted, but these snapshots behind it are left, "
                       "and cost: " +
                       core::join(outcome.snapshots_left, ", ") + ".";
  if (outcome.last_error) detail += " " + cloud::describe(*outcome.last_error);
  return tf::error("Snapshots Left Behind",
                   detail +
                       "\n\nDestroy again to go on. To leave them, remove the resource from the state with "
                       "\"terraform state rm\".",
                   AttributePath("delete_snapshots"));
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

/// Finds out where the image is, unless that is known.
bool place(const Session& session, ImageCopyModel& model, const core::Context& context,
           tf::Diagnostics& diagnostics) {
  if (model.destination_region) return true;
  const auto found = find_destination(session, model, context);
  if (found && *found) return true;
  const AttributePath attribute("destination_region");
  if (!found) {
    diagnostics.push_back(
        call_failed("Region Not Found", "find the region of the image", found.error(), attribute));
  } else {
    diagnostics.push_back(
        tf::error("Region Not Found",
                  "The image " + model.image_id.value_or("") +
                      " is listed in none of the account's regions, nor does the state tell where it is. If "
                      "it is there, set destination_region to its region.",
                  attribute));
  }
  return false;
}

/// The state did not tell the destination, and the image is not where the configuration says.
tf::Diagnostic not_in_region(const ImageCopyModel& model) {
  return tf::error("Image Not in This Region",
                   "The image " + model.image_id.value_or("") +
                       (model.job_id ? ", which the job " + *model.job_id + " made," : std::string()) +
                       " is not in region " + model.destination_region.value_or("") +
                       ". Set destination_region to the region that the copy was started for.",
                   AttributePath("destination_region"));
}

}  // namespace

copy::WaitEnd ImageCopyResource::follow(const Session& session, ImageCopyModel& model, PrivateState& known,
                                        const core::Context& context, std::string_view action,
                                        tf::Diagnostics& diagnostics) {
  const cloud::CopyReference copy = copy_reference(model);
  const auto size = session.cache().known_size(copy.source_region, copy.source_image_id);
  const copy::WaitOutcome outcome =
      copy::CopyWaiter(session.engine->poller(), clock_, log_).wait(copy, known.visibility, size, context);
  session.cache().changed(copy);
  if (outcome.last_view) {
    apply_view(model, *outcome.last_view);
    known.visibility.listed = known.visibility.listed || outcome.last_view->image;
  }
  const std::string progress = progress_sentence(copy, outcome.last_view);
  const std::string last_error =
      outcome.last_error ? "\n\nThe last look at it failed: " + cloud::describe(*outcome.last_error) : "";
  switch (outcome.end) {
    case copy::WaitEnd::available: break;
    case copy::WaitEnd::failed:
      diagnostics.push_back(tf::error("Copy Failed",
                                      "The cloud gave the copy up. " + model.status_reason.value_or("") +
                                          "\n\nApplying again deletes what is left of it and starts anew.",
                                      AttributePath("source_image_id")));
      break;
    case copy::WaitEnd::gone:
      diagnostics.push_back(
          tf::error("Copy Disappeared",
                    progress + " It is not there any more: somebody cancelled or deleted it. Apply again to "
                               "start a new one."));
      break;
    case copy::WaitEnd::timed_out:
      diagnostics.push_back(not_in_time(model, progress + last_error, action));
      break;
    case copy::WaitEnd::interrupted:
      diagnostics.push_back(tf::warning(
          "Copy Still Running", progress +
                                    " It goes on in the cloud; the state holds it, and the next apply "
                                    "waits on." +
                                    last_error));
      break;
    case copy::WaitEnd::refused: diagnostics.push_back(not_followed(model, *outcome.last_error)); break;
  }
  return outcome.end;
}

cloud::Result<void> ImageCopyResource::retry_while_busy(const std::function<cloud::Result<void>()>& change,
                                                        const core::Context& context) {
  const core::Instant begin = clock_.now();
  while (true) {
    auto done = change();
    if (done || done.error().kind != cloud::ErrorKind::busy) return done;
    const auto age = std::chrono::duration_cast<std::chrono::milliseconds>(clock_.now() - begin);
    const core::Instant wake = clock_.now() + copy::ElapsedPolling().pause(age, 0);
    if (wake >= context.deadline || !clock_.sleep_until(wake, context.stop)) return done;
  }
}

copy::WaitEnd ImageCopyResource::follow_and_settle(const Session& session, ImageCopyModel& model,
                                                   PrivateState& known, const core::Context& context,
                                                   std::string_view action, tf::Diagnostics& diagnostics) {
  while (true) {
    tf::Diagnostics followed;
    const copy::WaitEnd end = follow(session, model, known, context, action, followed);
    const bool can_settle = end == copy::WaitEnd::available || end == copy::WaitEnd::gone;
    if (!known.unsettled || !can_settle || !model.destination_region) {
      tf::append(diagnostics, std::move(followed));
      return end;
    }
    const copy::Deduplication settlement = copy::remove_duplicates(
        *session.engine, clock_, copy_request(model), model.image_id.value_or(""), context);
    if (!settlement.kept) {
      tf::append(diagnostics, std::move(followed));
      if (settlement.error) diagnostics.push_back(not_settled(settlement));
      return end;
    }
    known.unsettled = !settlement.left.empty();
    if (known.unsettled) diagnostics.push_back(not_settled(settlement));
    if (settlement.kept->image_id == model.image_id && end == copy::WaitEnd::available) return end;
    // Another run's copy is the older one.
    model.image_id = settlement.kept->image_id;
    model.job_id.reset();
    model.image.reset();
    apply_view(model, *settlement.kept);
    known.visibility.listed = true;
    diagnostics.push_back(tf::warning(
        "Copy Taken Over", "Two runs have started this copy at the same time. The older image " +
                               settlement.kept->image_id + " in region " +
                               model.destination_region.value_or("") + " stays, the other one is removed."));
    if (model.status == CopyState::available) return copy::WaitEnd::available;
  }
}

bool ImageCopyResource::reach_end(const Session& session, const ImageCopyModel& prior, ImageCopyModel& model,
                                  PrivateState& known, const core::Context& context,
                                  tf::Diagnostics& diagnostics) {
  // A job can be followed wherever its image is.
  if (!model.job_id && !place(session, model, context, diagnostics)) return false;
  copy::AdmissionQueue::Ticket in_queue(session.engine->admission(), model.source_region.value_or(""),
                                        model.source_image_id.value_or(""));
  if (!copy::has_ended(model.status.value_or(CopyState::unknown))) in_queue.run(copy_reference(model));
  const copy::WaitEnd end = follow_and_settle(session, model, known, context, "update", diagnostics);
  if (end == copy::WaitEnd::gone && !prior.destination_region && model.destination_region)
    diagnostics = {not_in_region(model)};
  if (end != copy::WaitEnd::available || !place(session, model, context, diagnostics)) return false;
  if (model.image) take_over_drift(model, *model.image, known, session.cloud().traits());
  return true;
}

tf::StateResponse ImageCopyResource::update(const tf::UpdateRequest& request, const std::stop_token& stop) {
  tf::StateResponse response{.state = request.prior_state, .private_state = request.planned_private};
  const ImageCopyModel wanted = read_model(request.planned_state);
  const auto session = open(wanted.cloud.value_or(""), stop, response.diagnostics);
  if (!session) return response;

  PrivateState known = read_private_state(request.planned_private);
  const cloud::Traits& traits = session->cloud().traits();
  const ImageCopyModel prior = read_model(request.prior_state, known);
  ImageCopyModel model = prior;
  complete_after_import(model, wanted);
  model.keeps_on_timeout = wanted.keeps_on_timeout;
  const core::Context limits = context(request.planned_state, Action::update, stop);
  Value planned = request.planned_state;
  planned.set("tags_all", merged_tags(planned["tags"], session->clouds->default_tags()));
  const cloud::TagChanges tags = tag_changes(request.prior_state["tags_all"], planned["tags_all"]);
  const bool renames = changes_of(model, wanted, traits).any() || tags.any();
  const auto unfinished = [&] {
    return unfinished_update(request.prior_state, std::move(planned), std::move(model), wanted,
                             std::move(known), traits, std::move(response.diagnostics));
  };
  if (must_follow(request.prior_state, request.planned_state, renames) &&
      !reach_end(*session, prior, model, known, limits, response.diagnostics)) {
    return unfinished();
  }
  if (planned["destination_region"].is_unknown()) {
    planned.set("destination_region", Value::of(model.destination_region));
  }
  const cloud::ImageChanges changes = changes_of(model, wanted, traits);
  if (changes.any()) {
    const auto updated = retry_while_busy(
        [&] { return session->cloud().update_image(copy_reference(model), changes, limits); }, limits);
    session->cache().changed(copy_reference(model));
    if (!updated) {
      response.diagnostics.push_back(call_failed("Image Not Changed", "change the image", updated.error(),
                                                 AttributePath(changes.name ? "name" : "description")));
      return unfinished();
    }
  }
  known.described = !wanted.description.value_or("").empty();
  const bool stays = !known.described && !model.description.value_or("").empty() && !changes.description;
  if (stays) known.foreign_description = *model.description;
  model.name = wanted.name;
  model.description = wanted.description;
  model.encrypted = wanted.encrypted;
  model.kms_key_id = wanted.kms_key_id;
  // Tags that had to wait are in the state and not on the image.
  cloud::TagChanges due = tags;
  if (known.untagged) due.set = tag_changes({}, planned["tags_all"]).set;
  if (due.any() && model.status == CopyState::available) {
    const auto tagged = retry_while_busy(
        [&] { return session->cloud().change_tags(copy_reference(model), due, limits); }, limits);
    session->cache().changed(copy_reference(model));
    if (!tagged) {
      response.diagnostics.push_back(
          call_failed("Tags Not Changed", "change the tags", tagged.error(), AttributePath("tags")));
      return unfinished();
    }
  }
  known.untagged = known.untagged && model.status != CopyState::available;
  known.imported = false;
  response.state = with_model(std::move(planned), model);
  response.private_state = write_private_state(known);
  return response;
}

tf::StateResponse ImageCopyResource::remove(const tf::DeleteRequest& request, const std::stop_token& stop) {
  tf::StateResponse response{.state = request.prior_state, .private_state = request.private_state};
  PrivateState known = read_private_state(request.private_state);
  ImageCopyModel model = read_model(request.prior_state, known);
  if (model.retains_on_destroy) return {.diagnostics = {retained(model)}};
  const auto session = open(model.cloud.value_or(""), stop, response.diagnostics);
  if (!session) return response;
  if (!model.image_id && !model.job_id) {
    response.diagnostics.push_back(state_without_ids());
    return response;
  }
  const core::Context limits = context(request.prior_state, Action::remove, stop);
  if (!model.image_id && !model.destination_region) {
    response.diagnostics.push_back(tf::error(
        "Destination Unknown",
        "The state holds an imported job that still runs, and not the region that its copy goes to, so it "
        "cannot be removed yet. Set destination_region and apply, or destroy when the copy is finished."));
    return response;
  }
  if (!place(*session, model, limits, response.diagnostics)) return response;
  const cloud::CopyReference copy = copy_reference(model);
  session->ownership().release(model.copy_key.value_or(""));
  if (const auto taker = session->ownership().begin_removal(copy)) {
    if (*taker == model.copy_key.value_or("")) return {.diagnostics = {kept_for_replacement(model)}};
    response.diagnostics.push_back(taken_by_another(model));
    return response;
  }
  const copy::RemovalOutcome outcome =
      copy::Removal(session->cloud(), clock_, removal_request(request.prior_state, model, known), limits)
          .run();
  session->cache().removed(copy);
  session->ownership().end_removal(copy, outcome.image_is_gone);
  if (outcome.last_view) apply_view(model, *outcome.last_view);
  const std::string last_error =
      outcome.last_error ? "\n\nThe last call failed: " + cloud::describe(*outcome.last_error) : "";
  // The image may be deleted although nobody could see it; then nothing else would tell of them.
  if (!outcome.snapshots_left.empty()) {
    known.snapshots_left = outcome.snapshots_left;
    response.private_state = write_private_state(known);
  }
  if (outcome.image_is_gone && !outcome.snapshots_left.empty()) {
    response.diagnostics.push_back(snapshots_left(model, outcome));
    return response;
  }
  switch (outcome.end) {
    case copy::RemovalEnd::gone: return {};
    case copy::RemovalEnd::timed_out:
      response.diagnostics.push_back(
          tf::error("Image Not Deleted in Time",
                    progress_sentence(copy, outcome.last_view) +
                        " It could not be removed within the timeout of this delete; the state keeps it." +
                        last_error + "\n\nDestroy again to go on, or allow more time in timeouts.delete."));
      break;
    case copy::RemovalEnd::interrupted:
      response.diagnostics.push_back(
          tf::error("Destroy Interrupted", progress_sentence(copy, outcome.last_view) +
                                               " The state keeps it. Destroy again to go "
                                               "on." +
                                               last_error));
      break;
    case copy::RemovalEnd::refused:
      response.diagnostics.push_back(
          call_failed("Image Not Deleted", "remove the image", *outcome.last_error, {}));
      break;
  }
  response.state = with_model(request.prior_state, model);
  return response;
}

}  // namespace provider
