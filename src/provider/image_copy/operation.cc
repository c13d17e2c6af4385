#include "src/provider/image_copy/operation.h"

#include "src/provider/diagnostics.h"
#include "src/provider/image_copy/destination.h"
#include "src/provider/tags.h"

namespace provider {

using cloud::CopyState;
using tf::AttributePath;
using tf::Value;

core::Context action_limits(const ResourceContext& resource, const Value& value, Timeout timeout,
                            const std::stop_token& stop) {
  return {.deadline = resource.clock.now() + timeout_of(value, timeout), .stop = stop};
}

bool find_region(Operation& operation) {
  ImageCopyModel& model = operation.model;
  if (model.spec.destination_region.has_value()) return true;
  const auto found = find_destination(operation.session, model, operation.limits);
  if (found && *found) return true;
  const AttributePath attribute("destination_region");
  if (!found) {
    operation.diagnostics.push_back(
        call_failed("Image Region Not Found", "find the region of the image", found.error(), attribute));
    return false;
  }
  operation.diagnostics.push_back(tf::error("Image Region Not Found",
                                            "The state does not contain the region of the image " +
                                                model.image_id.value_or("") +
                                                ", and the image was found in none of the account's regions. "
                                                "If the image exists, set destination_region to its region.",
                                            attribute));
  return false;
}

void read_tags(Operation& operation, Value& state) {
  const Value& default_tags = operation.session.clouds->default_tags();
  if (operation.model.status != CopyState::available) return;
  if (!operation.cloud().reports_tags()) {
    // The tags were not set yet. Without them in the state, the next plan sets them.
    if (operation.private_state.untagged) set_reported_tags(state, {}, default_tags);
    return;
  }
  const auto tags =
      operation.session.cache().tags(operation.reference(), *operation.model.image, operation.limits);
  if (tags) {
    set_reported_tags(state, *tags, default_tags);
    return;
  }
  tf::Diagnostic failed =
      call_failed("Tags Not Read", "read the tags of the image", tags.error(), AttributePath("tags"));
  // Without the permission to read tags, everything else still works.
  if (tags.error().kind == cloud::ErrorKind::permission_denied) failed.severity = tf::Severity::warning;
  operation.diagnostics.push_back(std::move(failed));
}

}  // namespace provider
