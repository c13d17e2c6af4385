#include "src/cloud/vendors.h"
#include "src/provider/arguments.h"
#include "src/provider/diagnostics.h"
#include "src/provider/image_copy/operations.h"
#include "src/provider/import_id.h"

namespace provider {
namespace {

using cloud::CopyState;
using tf::Value;

/// Sets what the cloud reports of an image that existed before.
void describe_import(ImageCopyModel& model, const cloud::Image& image, const cloud::Traits& traits) {
  model.spec.name = image.name;
  if (!image.description.empty() && traits.description != cloud::DescriptionSupport::none)
    model.spec.description = image.description;
  if (image.origin) {
    model.spec.source_region = image.origin->region;
    model.spec.source_image_id = image.origin->image_id;
  }
  if (!image.kms_key_id.empty()) model.spec.kms_key_id = image.kms_key_id;
}

Value imported_state(const tf::Schema& schema, const ImageCopyModel& model) {
  Value state = tf::default_object(schema);
  state.set("cloud", Value::of(model.cloud));
  state.set("destination_region", value_of(model.spec.destination_region));
  state.set("source_region", value_of(model.spec.source_region));
  state.set("source_image_id", value_of(model.spec.source_image_id));
  return with_model(std::move(state), model);
}

tf::Diagnostic not_found(const ImportId& id) {
  const std::string what = id.job_id.empty() ? "image " + id.image_id : "job " + id.job_id;
  return tf::error("Image Not Found", "There is no " + what + " in region " + id.region + " on " +
                                          std::string(cloud::find_vendor(id.cloud)->display_name) +
                                          " that these credentials can read. Check the ID and the region.");
}

tf::Diagnostic not_of_this_account(const ImageCopyModel& model) {
  return tf::error("Image Not Owned by This Account",
                   "The image " + *model.image_id + " in region " + model.spec.destination_region.value() +
                       " belongs to the cloud or to another account, so it can be neither changed nor "
                       "deleted. Import only images of your own account; use others as source_image_id.");
}

ImageCopyModel model_of(const ImportId& id, const Session& session) {
  if (id.job_id.empty()) {
    return {
        .cloud = id.cloud,
        .spec = {.destination_region = id.region, .project_name = session.cloud().default_project(id.region)},
        .image_id = id.image_id};
  }
  // A job does not report the destination of its copy; the configuration names it.
  return {.cloud = id.cloud, .spec = {.source_region = id.region}, .job_id = id.job_id};
}

/// Whether the cloud reports that the image belongs to somebody else. If that cannot be read, the import
/// continues.
bool is_foreign(const Operation& operation) {
  const ImageCopyModel& model = operation.model;
  if (!model.image_id || !model.spec.destination_region.has_value() ||
      operation.cloud().inventory() == nullptr)
    return false;
  const auto source = operation.session.cache().source(model.spec.destination_region.value(), *model.image_id,
                                                       operation.limits);
  return source && (*source)->state != CopyState::absent && (*source)->owner != cloud::ImageOwner::account;
}

/// Makes the state of a copy from what the cloud reports.
tf::StateResponse imported(Operation& operation, const cloud::CopyStatus& status) {
  ImageCopyModel& model = operation.model;
  apply_status(model, status);
  if (!status.image_name.empty()) model.spec.name = status.image_name;
  if (status.image) describe_import(model, *status.image, operation.cloud().traits());
  tf::StateResponse response{.state = imported_state(operation.resource.schema, model)};
  if (model.image) {
    read_tags(operation, response.state);
    if (tf::has_error(operation.diagnostics)) response.state = {};
  }
  response.private_state =
      write_private_state({.visibility = {.listed = status.image.has_value()},
                           .imported = true,
                           .imported_plain = model.image && model.image->encrypted == false,
                           .project_name = model.spec.project_name.value()});
  response.diagnostics = std::move(operation.diagnostics);
  return response;
}

}  // namespace

tf::StateResponse import(const ResourceContext& resource, const std::string& id,
                         const std::stop_token& stop) {
  const auto parsed = parse_import_id(id);
  if (!parsed) return {.diagnostics = {tf::error("Invalid Import ID", parsed.error())}};
  tf::StateResponse response;
  auto session = open_session(resource, {.cloud = parsed->cloud}, stop, response.diagnostics);
  if (!session) return response;
  ImageCopyModel model = model_of(*parsed, *session);
  Operation operation{.resource = resource,
                      .session = *std::move(session),
                      .limits = action_limits(resource, {}, Timeout::read, stop),
                      .model = std::move(model),
                      .private_state = {},
                      .diagnostics = std::move(response.diagnostics)};
  const auto status = operation.cloud().describe_copy(operation.reference(), operation.limits);
  if (!status)
    return {.diagnostics = {call_failed("Image Not Imported", "read the image", status.error(), {})}};
  if (status->state == CopyState::absent) return {.diagnostics = {not_found(*parsed)}};
  if (is_foreign(operation)) return {.diagnostics = {not_of_this_account(operation.model)}};
  return imported(operation, *status);
}

}  // namespace provider
