#include "src/copy/copy_waiter.h"
#include "src/core/text.h"
#include "src/provider/arguments.h"
#include "src/provider/image_copy/destination.h"
#include "src/provider/image_copy/diagnostics.h"
#include "src/provider/image_copy/operations.h"

namespace provider {
namespace {

using cloud::CopyState;
using tf::AttributePath;
using tf::Value;

/// The image could not be read, and the state is unchanged.
tf::Diagnostic not_read(const cloud::Error& error) {
  if (error.kind == cloud::ErrorKind::cancelled) {
    return tf::warning("Refresh Interrupted", "The image was not read, and the state is unchanged.");
  }
  return call_failed("Image Not Read", "read the image", error, {});
}

/// The snapshots of an image that is gone which should have been deleted with it, and still exist. A delete
/// that was killed halfway leaves them.
cloud::Result<std::vector<std::string>> find_orphaned_snapshots(const Operation& operation,
                                                                const Value& state) {
  cloud::Snapshots* snapshots = operation.cloud().snapshots();
  if (!operation.model.deletes_snapshots || snapshots == nullptr) return {};
  const std::vector<std::string> ids = texts_of(state["snapshot_ids"]);
  if (ids.empty()) return {};
  return snapshots->existing_snapshots(operation.reference(), ids, operation.limits);
}

tf::Diagnostic snapshots_not_read(const Value& state, const cloud::Error& error) {
  tf::Diagnostic report = call_failed("Snapshots Not Read", "read the snapshots of the image", error,
                                      AttributePath("snapshot_ids"));
  report.detail = "The image is gone. Snapshots that it was built on may still exist and cost money: " +
                  core::join(texts_of(state["snapshot_ids"]), ", ") + ".\n\n" + report.detail;
  // Without the permission to read snapshots, everything else still works.
  if (error.kind == cloud::ErrorKind::permission_denied) report.severity = tf::Severity::warning;
  return report;
}

/// The image is absent. Removes it from the state, unless it may not be listed yet, or has snapshots that are
/// still to be deleted.
void read_absent(Operation& operation, tf::StateResponse& response) {
  std::vector<std::string>& snapshots_left = operation.private_state.snapshots_left;
  if (snapshots_left.empty()) {
    const copy::VisibilityPolicy& policy = operation.session.engine->policies().visibility;
    if (copy::may_still_appear(operation.private_state.visibility, operation.resource.clock, policy)) return;
    auto left = find_orphaned_snapshots(operation, response.state);
    if (!left) {
      operation.diagnostics.push_back(left.error().kind == cloud::ErrorKind::cancelled
                                          ? not_read(left.error())
                                          : snapshots_not_read(response.state, left.error()));
      if (left.error().kind == cloud::ErrorKind::permission_denied) response.state = {};
      return;
    }
    snapshots_left = *std::move(left);
  }
  if (snapshots_left.empty()) {
    response.state = {};
    return;
  }
  // A failed copy is planned to be replaced, which deletes the snapshots first.
  operation.model.status = CopyState::failed;
  operation.model.status_reason =
      "The image is deleted, but not its snapshots " + core::join(snapshots_left, ", ") + ".";
  response.state = with_model(std::move(response.state), operation.model);
  response.private_state = write_private_state(operation.private_state);
}

/// The outcome of a search for the region that the state lacks.
enum class RegionOutcome { found, gone, failed };

RegionOutcome search_region(Operation& operation, tf::StateResponse& response) {
  ImageCopyModel& model = operation.model;
  const auto found = find_destination(operation.session, model, operation.limits);
  // A job can be described without knowing the region of its image.
  if (!found && (!model.job_id || found.error().kind == cloud::ErrorKind::cancelled)) {
    operation.diagnostics.push_back(not_read(found.error()));
    return RegionOutcome::failed;
  }
  if (found && !*found && !model.job_id) return RegionOutcome::gone;
  response.state.set("destination_region", value_of(model.spec.destination_region));
  return RegionOutcome::found;
}

/// A copy that was available does not run again. The image may be the source of another copy, or not be
/// usable for a while.
cloud::CopyStatus as_ended(cloud::CopyStatus status, const ImageCopyModel& model) {
  if (model.status != CopyState::available || copy::has_ended(status.state)) return status;
  status.state = CopyState::available;
  if (status.status_reason.empty())
    status.status_reason = "The cloud does not report the image as available.";
  return status;
}

/// Reads the copy, and writes what the cloud reports into the state.
void refresh(Operation& operation, tf::StateResponse& response) {
  const cloud::CopyReference copy = operation.reference();
  operation.session.ownership().hold(copy);
  auto status = operation.session.cache().describe(copy, operation.limits);
  // One empty response may be a mistake of the cloud, and the image would be forgotten.
  const bool was_there =
      operation.private_state.visibility.listed || operation.model.status == CopyState::available;
  if (status && status->state == CopyState::absent && was_there) {
    status = operation.cloud().describe_copy(copy, operation.limits);
  }
  if (!status) {
    operation.diagnostics.push_back(not_read(status.error()));
    return;
  }
  if (status->state == CopyState::absent) return read_absent(operation, response);
  apply_status(operation.model, as_ended(*status, operation.model));
  if (status->image) {
    apply_drift(operation.model, *status->image, operation.private_state, operation.cloud().traits());
    operation.private_state.visibility.listed = true;
    response.private_state = write_private_state(operation.private_state);
    read_tags(operation, response.state);
    if (tf::has_error(operation.diagnostics)) return;
  }
  response.state = with_model(std::move(response.state), operation.model);
}

}  // namespace

tf::StateResponse read(const ResourceContext& resource, const tf::ReadRequest& request,
                       const std::stop_token& stop) {
  tf::StateResponse response{.state = request.state, .private_state = request.private_state};
  const PrivateState private_state = read_private_state(request.private_state);
  const ImageCopyModel model = read_model(request.state, private_state);
  auto session = open_session(resource, model, stop, response.diagnostics);
  if (!session) return response;
  if (!model.image_id && !model.job_id) {
    response.diagnostics.push_back(state_without_ids());
    return response;
  }
  Operation operation{.resource = resource,
                      .session = *std::move(session),
                      .limits = action_limits(resource, request.state, Timeout::read, stop),
                      .model = model,
                      .private_state = private_state,
                      .diagnostics = std::move(response.diagnostics)};
  const bool lacks_region = model.image_id && !model.spec.destination_region.has_value();
  const RegionOutcome region = lacks_region ? search_region(operation, response) : RegionOutcome::found;
  switch (region) {
    case RegionOutcome::gone: return {};
    case RegionOutcome::failed: break;
    case RegionOutcome::found: refresh(operation, response); break;
  }
  response.diagnostics = std::move(operation.diagnostics);
  return response;
}

}  // namespace provider
