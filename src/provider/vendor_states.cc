#include "src/provider/vendor_states.h"

#include "src/provider/image_copy/private_state.h"
#include "src/provider/import_id.h"
#include "src/provider/vendors/moved_state.h"
#include "src/provider/vendors/vendors.h"
#include "tf/codec.h"
#include "tf/tree.h"

namespace provider {
namespace {

using tf::Value;

void convert_common(Value& state, const Value& moved) {
  for (const char* name : {"source_image_id", "description", "kms_key_id"}) {
    state.set(name, moved_text(moved, name));
  }
  state.set("image_id", moved_text(moved, "id"));
  const auto* tags = moved["tags"].as_attributes();
  if (tags != nullptr && !tags->empty()) {
    state.set("tags", *tags);
    state.set("tags_all", *tags);
  }
  const Value create = moved_text(moved["timeouts"], "create");
  const Value remove = moved_text(moved["timeouts"], "delete");
  if (create.is_null() && remove.is_null()) return;
  state.set("timeouts", Value::Attributes{{"create", create}, {"delete", remove}});
}

struct MoveSource {
  const cloud::Vendor& vendor;
  const MovedResource& resource;
};

std::optional<MoveSource> find_source(std::string_view type_name) {
  for (const VendorSchema* schema : vendor_schemas()) {
    for (const MovedResource& resource : schema->moved) {
      if (resource.type_name == type_name) return MoveSource{schema->vendor, resource};
    }
  }
  return std::nullopt;
}

tf::StateResponse cannot_move(const tf::MoveRequest& request, const std::string& why) {
  return {.diagnostics = {tf::error("State Cannot Be Moved",
                                    "The state of this " + request.type_name +
                                        " cannot be moved to image_copy: " + why +
                                        ". Remove the moved block, and import the image instead.")}};
}

}  // namespace

std::optional<tf::StateResponse> move_vendor_state(const tf::Schema& schema, const tf::MoveRequest& request) {
  const auto source = find_source(request.type_name);
  if (!source) return std::nullopt;
  const auto moved = tf::read_json_tree(request.state_json);
  if (!moved) return cannot_move(request, "its JSON " + moved.error());
  const Value id = moved_text(*moved, "id");
  if (id.is_null()) return cannot_move(request, "it does not contain an image ID");

  Value state = tf::default_object(schema);
  state.set("cloud", source->vendor.name);
  convert_common(state, *moved);
  source->resource.convert(state, *moved);
  if (const auto region = state["destination_region"].text()) {
    state.set("id", image_import_id(source->vendor.name, *region, *id.text()));
  }
  auto typed = tf::decode_json_tree(std::move(state), schema.type());
  if (!typed) return cannot_move(request, typed.error().to_string());
  return tf::StateResponse{
      .state = *std::move(typed),
      .private_state = write_private_state({.visibility = {.listed = true}, .imported = true}),
      .diagnostics = {}};
}

}  // namespace provider
