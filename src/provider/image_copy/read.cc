#include "src/core/text.h"
#include "src/provider/arguments.h"
#include "src/provider/diagnostics.h"
#include "src/provider/image_copy/destination.h"
#include "src/provider/image_copy/operations.h"

namespace provider {
namespace {

using cloud::CopyState;
using tf::AttributePath;
using tf::Value;

/// A look that told nothing; the state is as it was.
tf::Diagnostic not_read(const cloud::Error& error) {
  if (error.kind == cloud::ErrorKind::cancelled) {
    return tf::warning("Refresh Interrupted", "The image was not looked at; the state is as it was.");
  }
  return call_failed("Image Not Read", "read the image", error, {});
}

/// Those behind an image that is gone which go with it and are still there. A delete that was killed between
/// the two leaves them, and nothing else would tell of them.
cloud::Result<std::vector<std::string>> forgotten_snapshots(const Operation& operation, const Value& state) {
  const bool go_with_it = state["delete_snapshots"].boolean().value_or(true);
  cloud::Snapshots* snapshots = operation.cloud().snapshots();
  if (!go_with_it || snapshots == nullptr) return {};
  const std::vector<std::string> ids = texts_of(state["snapshot_ids"]);
  if (ids.empty()) return {};
  return snapshots->existing_snapshots(operation.reference(), ids, operation.limits);
}

tf::Diagnostic snapshots_not_seen(const Value& state, const cloud::Error& error) {
  tf::Diagnostic report = call_failed("Snapshots Not Read", "see whether snapshots are left", error,
                                      AttributePath("snapshot_ids"));
  report.detail = "The image is gone. Snapshots that it was built on may be left, and cost: " +
                  core::join(texts_of(state["snapshot_ids"]), ", ") + ".\n\n" + report.detail;
  // Who may not see them can still work with the rest.
  if (error.kind == cloud::ErrorKind::permission_denied) report.severity = tf::Severity::warning;
  return report;
}

/// The image is not listed. Nothing is left of it in the state, unless it may only not be listed yet, or
/// something behind it is still to be removed.
void read_what_is_left(Operation& operation, tf::StateResponse& response) {
  std::vector<std::string>& snapshots_left = operation.private_state.snapshots_left;
  if (snapshots_left.empty()) {
    if (copy::may_still_appear(operation.private_state.visibility, operation.resource.clock)) return;
    auto left = forgotten_snapshots(operation, response.state);
    if (!left) {
      operation.diagnostics.push_back(left.error().kind == cloud::ErrorKind::cancelled
                                          ? not_read(left.error())
                                          : snapshots_not_seen(response.state, left.error()));
      if (left.error().kind == cloud::ErrorKind::permission_denied) response.state = {};
      return;
    }
    snapshots_left = *std::move(left);
  }
  if (snapshots_left.empty()) {
    response.state = {};
    return;
  }
  // Planned to be replaced, which removes what is left first.
  operation.model.status = CopyState::failed;
  operation.model.status_reason =
      "The image is deleted, but snapshots of it are left: " + core::join(snapshots_left, ", ") + ".";
  response.state = with_model(std::move(response.state), operation.model);
  response.private_state = write_private_state(operation.private_state);
}

/// What became of a search for the region that the state lacks.
enum class RegionSearch { found, gone, failed };

RegionSearch search_region(Operation& operation, tf::StateResponse& response) {
  ImageCopyModel& model = operation.model;
  const auto found = find_destination(operation.session, model, operation.limits);
  // A job can be described wherever its image is.
  if (!found && (!model.job_id || found.error().kind == cloud::ErrorKind::cancelled)) {
    operation.diagnostics.push_back(not_read(found.error()));
    return RegionSearch::failed;
  }
  if (found && !*found && !model.job_id) return RegionSearch::gone;
  response.state.set("destination_region", value_of(model.spec.destination_region));
  return RegionSearch::found;
}

/// Describes the copy, and writes what the cloud reports into the state.
void refresh(Operation& operation, tf::StateResponse& response) {
  const cloud::CopyReference copy = operation.reference();
  operation.session.ownership().hold(copy);
  const auto status = operation.session.cache().describe(copy, operation.limits);
  if (!status) {
    operation.diagnostics.push_back(not_read(status.error()));
    return;
  }
  if (status->state == CopyState::absent) return read_what_is_left(operation, response);
  apply_view(operation.model, *status);
  if (status->image) {
    take_over_drift(operation.model, *status->image, operation.private_state, operation.cloud().traits());
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
                      .limits = action_limits(resource, request.state, Action::read, stop),
                      .model = model,
                      .private_state = private_state,
                      .diagnostics = std::move(response.diagnostics)};
  const bool lacks_region = model.image_id && !model.spec.destination_region.has_value();
  const RegionSearch region = lacks_region ? search_region(operation, response) : RegionSearch::found;
  switch (region) {
    case RegionSearch::gone: return {};
    case RegionSearch::failed: break;
    case RegionSearch::found: refresh(operation, response); break;
  }
  response.diagnostics = std::move(operation.diagnostics);
  return response;
}

}  // namespace provider
