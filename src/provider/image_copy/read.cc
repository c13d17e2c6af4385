#include "src/copy/removal.h"
#include "src/core/text.h"
#include "src/provider/diagnostics.h"
#include "src/provider/image_copy/destination.h"
#include "src/provider/image_copy/private_state.h"
#include "src/provider/image_copy/resource.h"
#include "src/provider/tags.h"

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
cloud::Result<std::vector<std::string>> forgotten_snapshots(const Session& session, const Value& state,
                                                            const ImageCopyModel& model,
                                                            const core::Context& context) {
  const bool go_with_it = state["delete_snapshots"].boolean().value_or(true);
  if (!go_with_it || !session.cloud().traits().keeps_snapshots) return {};
  const std::vector<std::string> ids = texts_of(state["snapshot_ids"]);
  if (ids.empty()) return {};
  return session.cloud().existing_snapshots(copy_reference(model), ids, context);
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
void read_what_is_left(const Session& session, ImageCopyModel& model, PrivateState& known,
                       const core::Context& context, core::Clock& clock, tf::StateResponse& response) {
  if (known.snapshots_left.empty()) {
    if (copy::may_still_appear(known.visibility, clock)) return;
    auto left = forgotten_snapshots(session, response.state, model, context);
    if (!left) {
      response.diagnostics.push_back(left.error().kind == cloud::ErrorKind::cancelled
                                         ? not_read(left.error())
                                         : snapshots_not_seen(response.state, left.error()));
      if (left.error().kind == cloud::ErrorKind::permission_denied) response.state = {};
      return;
    }
    known.snapshots_left = *std::move(left);
  }
  if (known.snapshots_left.empty()) {
    response.state = {};
    return;
  }
  // Planned to be replaced, which removes what is left first.
  model.status = CopyState::failed;
  model.status_reason =
      "The image is deleted, but snapshots of it are left: " + core::join(known.snapshots_left, ", ") + ".";
  response.state = with_model(std::move(response.state), model);
  response.private_state = write_private_state(known);
}

}  // namespace

void ImageCopyResource::read_tags(const Session& session, const ImageCopyModel& model,
                                  const PrivateState& known, const core::Context& context, Value& state,
                                  tf::Diagnostics& diagnostics) const {
  if (model.status != CopyState::available) return;
  const auto tags = session.cache().tags(copy_reference(model), *model.image, context);
  if (tags && *tags) {
    take_over_tags(state, **tags, session.clouds->default_tags());
    return;
  }
  if (tags) {
    // The cloud does not tell; what is known not to be there is for the plan to set.
    if (known.untagged) take_over_tags(state, {}, session.clouds->default_tags());
    return;
  }
  tf::Diagnostic failed =
      call_failed("Tags Not Read", "read the tags of the image", tags.error(), AttributePath("tags"));
  // Who may not see tags can still work with the rest.
  if (tags.error().kind == cloud::ErrorKind::permission_denied) failed.severity = tf::Severity::warning;
  diagnostics.push_back(std::move(failed));
}

tf::StateResponse ImageCopyResource::read(const tf::ReadRequest& request, const std::stop_token& stop) {
  tf::StateResponse response{.state = request.state, .private_state = request.private_state};
  PrivateState known = read_private_state(request.private_state);
  ImageCopyModel model = read_model(request.state, known);
  const auto session = open(model.cloud.value_or(""), stop, response.diagnostics);
  if (!session) return response;
  if (!model.image_id && !model.job_id) {
    response.diagnostics.push_back(state_without_ids());
    return response;
  }
  const core::Context limits = context(request.state, Action::read, stop);
  if (model.image_id && !model.destination_region) {
    const auto found = find_destination(*session, model, limits);
    // A job can be looked at wherever its image is.
    if (!found && (!model.job_id || found.error().kind == cloud::ErrorKind::cancelled)) {
      response.diagnostics.push_back(not_read(found.error()));
      return response;
    }
    if (found && !*found && !model.job_id) return {};
    response.state.set("destination_region", Value::of(model.destination_region));
  }
  const cloud::CopyReference copy = copy_reference(model);
  session->ownership().hold(copy);
  const auto look = session->cache().look(copy, limits);
  if (!look) {
    response.diagnostics.push_back(not_read(look.error()));
    return response;
  }
  if (!*look) {
    read_what_is_left(*session, model, known, limits, clock_, response);
    return response;
  }
  apply_view(model, **look);
  if ((*look)->image) {
    take_over_drift(model, *(*look)->image, known, session->cloud().traits());
    known.visibility.listed = true;
    response.private_state = write_private_state(known);
    read_tags(*session, model, known, limits, response.state, response.diagnostics);
    if (tf::has_error(response.diagnostics)) return response;
  }
  response.state = with_model(std::move(response.state), model);
  return response;
}

}  // namespace provider
