#include "src/provider/diagnostics.h"
#include "src/provider/image_copy/private_state.h"
#include "src/provider/image_copy/resource.h"
#include "src/provider/image_copy/schema.h"
#include "src/provider/import_id.h"
#include "src/provider/vendor_states.h"
#include "tf/codec.h"
#include "tf/upgrade.h"

namespace provider {
namespace {

using tf::Value;

tf::StateResponse refuse(std::string summary, std::string detail) {
  return {.diagnostics = {tf::error(std::move(summary), std::move(detail))}};
}

/// Everything that the cloud can tell of an image that was there before.
void describe_import(ImageCopyModel& model, const cloud::Image& image, const cloud::Traits& traits) {
  model.name = image.name;
  if (!image.description.empty() && traits.updates_description) model.description = image.description;
  if (image.origin) {
    model.source_region = image.origin->region;
    model.source_image_id = image.origin->image_id;
  }
  if (!image.kms_key_id.empty()) model.kms_key_id = image.kms_key_id;
}

Value imported_state(const tf::Schema& schema, const ImageCopyModel& model) {
  Value state = tf::default_object(schema);
  state.set("cloud", Value::of(model.cloud));
  state.set("destination_region", Value::of(model.destination_region));
  state.set("source_region", Value::of(model.source_region));
  state.set("source_image_id", Value::of(model.source_image_id));
  return with_model(std::move(state), model);
}

}  // namespace

tf::StateResponse ImageCopyResource::import(const std::string& id, const std::stop_token& stop) {
  const auto parsed = parse_import_id(id);
  if (!parsed) return refuse("Invalid Import Id", parsed.error());
  tf::StateResponse response;
  const auto session = open(parsed->cloud, stop, response.diagnostics);
  if (!session) return response;

  ImageCopyModel model{.cloud = parsed->cloud};
  if (parsed->job_id.empty()) {
    model.destination_region = parsed->region;
    model.image_id = parsed->image_id;
    model.project_name = session->cloud().project_in(parsed->region);
  } else {
    // A job does not tell where its copy goes; the configuration will.
    model.source_region = parsed->region;
    model.job_id = parsed->job_id;
  }
  const core::Context limits = context({}, Action::read, stop);
  const auto look = session->cloud().look(copy_reference(model), limits);
  if (!look) {
    response.diagnostics.push_back(call_failed("Image Not Imported", "read the image", look.error(), {}));
    return response;
  }
  if (!*look) {
    const std::string what = parsed->job_id.empty() ? "image " + parsed->image_id : "job " + parsed->job_id;
    return refuse("Image Not Found", "There is no " + what + " on " + parsed->cloud + " in region " +
                                         parsed->region +
                                         " that these credentials can see. Check the id and the region.");
  }
  if (model.image_id && model.destination_region) {
    // Whose it is only this question tells; who may not ask it can import all the same.
    const auto source = session->cache().source(*model.destination_region, *model.image_id, limits);
    if (source && *source && (*source)->owner != cloud::ImageOwner::account) {
      return refuse("Not an Image of This Account",
                    "The image " + *model.image_id + " in region " + *model.destination_region +
                        " belongs to the cloud or to another account, so it can be neither changed nor "
                        "deleted. Import images of the account's own, and name others as source_image_id.");
    }
  }
  apply_view(model, **look);
  if (!(*look)->image_name.empty()) model.name = (*look)->image_name;
  if ((*look)->image) describe_import(model, *(*look)->image, session->cloud().traits());
  response.state = imported_state(schema_, model);
  if (model.image) {
    read_tags(*session, model, {}, limits, response.state, response.diagnostics);
    if (tf::has_error(response.diagnostics)) response.state = {};
  }
  response.private_state =
      write_private_state({.visibility = {.listed = (*look)->image.has_value()},
                           .imported = true,
                           .imported_plain = model.image && model.image->encrypted == false,
                           .project_name = model.project_name.value_or("")});
  return response;
}

tf::StateResponse ImageCopyResource::upgrade(const tf::UpgradeRequest& request) const {
  if (request.version > schema_.version) {
    return refuse(
        "State of Another Version",
        "The state was written by version " + std::to_string(request.version) +
            " of this resource's schema, which this provider does not know. Use the provider version that "
            "wrote it, or a newer one.");
  }
  const bool is_current = request.version == schema_.version;
  auto state = is_current ? tf::decode_json(request.state_json, schema_.type())
                          : tf::upgrade_from_schema(schema_, request.state_json);
  if (!state || state->is_null()) {
    return refuse("Unreadable State",
                  "The stored state of this resource cannot be read: " +
                      (state ? "it is empty" : state.error().to_string()) +
                      ". Restore it from a backup, or remove it from the state and import the "
                      "image.");
  }
  return {.state = std::move(*state)};
}

std::optional<tf::StateResponse> ImageCopyResource::move(const tf::MoveRequest& request) const {
  if (request.type_name != kImageCopyType) return move_vendor_state(schema_, request);
  // The same provider by another address.
  tf::StateResponse moved = upgrade({.version = request.version, .state_json = request.state_json});
  moved.private_state = request.private_state;
  return moved;
}

}  // namespace provider
