#include "src/copy/removal.h"
#include "src/core/text.h"
#include "src/provider/image_copy/diagnostics.h"
#include "src/provider/image_copy/operation.h"
#include "src/provider/image_copy/operations.h"

namespace provider {
namespace {

using copy::RemovalEnd;
using tf::AttributePath;
using tf::Value;

copy::RemovalRequest removal_request(const Value& state, const ImageCopyModel& model,
                                     const PrivateState& private_state) {
  copy::RemovalRequest request{.copy = copy_reference(model),
                               .visibility = private_state.visibility,
                               .snapshot_ids = private_state.snapshots_left,
                               .with_snapshots = model.deletes_snapshots,
                               .force = model.forces_deletion};
  for (std::string& id : texts_of(state["snapshot_ids"])) request.snapshot_ids.push_back(std::move(id));
  return request;
}

tf::Diagnostic retained(const ImageCopyModel& model) {
  const cloud::CopyReference copy = copy_reference(model);
  const std::string what = copy.image_id.empty() ? "job " + copy.job_id : "image " + copy.image_id;
  return tf::warning(
      "Image Retained",
      "The " + what + " in region " + copy.destination_region +
          " stays in the cloud, because on_destroy is \"retain\". It is only removed from the state.");
}

/// With create_before_destroy, the replacement makes the same copy and has adopted the image that it was to
/// replace.
tf::Diagnostic kept_for_replacement(const ImageCopyModel& model) {
  return tf::warning(
      "Image Kept for Its Replacement",
      "The image " + model.image_id.value_or("") + " in region " + model.spec.destination_region.value() +
          " is not deleted, because the resource that replaces this one makes the same copy and has adopted "
          "the image. To get a new image, change the name, or remove create_before_destroy.");
}

/// The replacement makes another copy, and has adopted the image because of its name.
tf::Diagnostic adopted_by_replacement(const ImageCopyModel& model) {
  return tf::error("Image Adopted by Its Replacement",
                   "The image " + model.image_id.value_or("") + " in region " +
                       model.spec.destination_region.value() +
                       " cannot be deleted, because the copy that replaces it has adopted it: adopt_existing "
                       "is true, and with create_before_destroy the old image still exists when the new copy "
                       "is created. Set adopt_existing = false or remove create_before_destroy, and apply "
                       "twice: the first apply deletes the image, the second one makes the new copy.",
                   AttributePath("adopt_existing"));
}

/// The image is deleted, but not the snapshots that it was built on.
tf::Diagnostic snapshots_left(const ImageCopyModel& model, const copy::RemovalOutcome& outcome) {
  std::string detail = "The image " + model.image_id.value_or("") + " in region " +
                       model.spec.destination_region.value() +
                       " is deleted, but these snapshots of it are not, and continue to cost money: " +
                       core::join(outcome.snapshots_left, ", ") + ".";
  detail +=
      " Destroy again to delete them. To keep them, remove the resource from the state with \"terraform "
      "state rm\".";
  if (outcome.last_error) detail += "\n\nThe last call failed: " + cloud::describe(*outcome.last_error);
  return tf::error("Snapshots Not Deleted", std::move(detail), AttributePath("delete_snapshots"));
}

tf::Diagnostic destination_unknown() {
  return tf::error("Missing Destination Region",
                   "The state contains an imported job that is still running, but not the destination region "
                   "of its copy, so the copy cannot be removed yet. Set destination_region and apply, or "
                   "destroy when the copy is finished.");
}

/// Returns why the image stays in the state, or nullopt if it is gone.
std::optional<tf::Diagnostic> not_removed(const cloud::CopyReference& copy,
                                          const copy::RemovalOutcome& outcome) {
  const std::string title = title_of(copy);
  const std::string progress = " " + progress_sentence(outcome.last_status);
  const std::string last_error =
      outcome.last_error ? "\n\nThe last call failed: " + cloud::describe(*outcome.last_error) : "";
  switch (outcome.end) {
    case RemovalEnd::gone: return std::nullopt;
    case RemovalEnd::timed_out:
      return tf::error("Image Not Deleted in Time",
                       title +
                           " could not be removed within timeouts.delete, and stays in the state. Destroy "
                           "again to continue, or raise timeouts.delete." +
                           progress + last_error);
    case RemovalEnd::stopped:
      return tf::error("Destroy Interrupted",
                       title +
                           " is not removed, because the run was interrupted. It stays in the state. "
                           "Destroy again to continue." +
                           progress + last_error);
    case RemovalEnd::refused:
      return call_failed("Image Not Deleted", "remove the image", *outcome.last_error, {});
  }
  return std::nullopt;
}

/// Claims the image for the removal. Returns the response to end with if the removal must not begin, else
/// nullopt.
std::optional<tf::StateResponse> claim_removal(Operation& operation, tf::StateResponse& response) {
  const ImageCopyModel& model = operation.model;
  operation.session.ownership().release(model.copy_key.value_or(""));
  const auto adopter = operation.session.ownership().begin_removal(operation.reference());
  if (!adopter) return std::nullopt;
  if (*adopter == model.copy_key.value_or("")) {
    return tf::StateResponse{.diagnostics = {kept_for_replacement(model)}};
  }
  response.diagnostics.push_back(adopted_by_replacement(model));
  return std::move(response);
}

tf::StateResponse remove_image(Operation& operation, const Value& prior, tf::StateResponse response) {
  ImageCopyModel& model = operation.model;
  PrivateState& private_state = operation.private_state;
  const cloud::CopyReference copy = operation.reference();
  const copy::RemovalOutcome outcome =
      copy::Removal(*operation.session.engine, operation.resource.clock,
                    removal_request(prior, model, private_state), operation.limits)
          .run();
  operation.session.cache().removed(copy);
  operation.session.ownership().end_removal(copy, outcome.image_is_gone);
  if (outcome.last_status) apply_status(model, *outcome.last_status);
  // The image may be deleted although the removal did not end well; then only the private state names its
  // snapshots.
  if (!outcome.snapshots_left.empty()) {
    private_state.snapshots_left = outcome.snapshots_left;
    response.private_state = write_private_state(private_state);
  }
  if (outcome.image_is_gone && !outcome.snapshots_left.empty()) {
    response.diagnostics.push_back(snapshots_left(model, outcome));
    return response;
  }
  auto report = not_removed(copy, outcome);
  if (!report) return {};
  response.diagnostics.push_back(*std::move(report));
  response.state = with_model(prior, model);
  return response;
}

}  // namespace

tf::StateResponse remove(const ResourceContext& resource, const tf::DeleteRequest& request,
                         const std::stop_token& stop) {
  tf::StateResponse response{.state = request.prior_state, .private_state = request.private_state};
  const PrivateState private_state = read_private_state(request.private_state);
  const ImageCopyModel model = read_model(request.prior_state, private_state);
  if (model.retains_on_destroy) return {.diagnostics = {retained(model)}};
  auto session = open_session(resource, model, stop, response.diagnostics);
  if (!session) return response;
  if (!model.image_id && !model.job_id) {
    response.diagnostics.push_back(state_without_ids());
    return response;
  }
  if (!model.image_id && !model.spec.destination_region.has_value()) {
    response.diagnostics.push_back(destination_unknown());
    return response;
  }
  Operation operation{.resource = resource,
                      .session = *std::move(session),
                      .limits = action_limits(resource, request.prior_state, Timeout::remove, stop),
                      .model = model,
                      .private_state = private_state,
                      .diagnostics = {}};
  if (!find_region(operation)) {
    response.diagnostics = std::move(operation.diagnostics);
    return response;
  }
  if (auto refused = claim_removal(operation, response)) return *std::move(refused);
  return remove_image(operation, request.prior_state, std::move(response));
}

}  // namespace provider
