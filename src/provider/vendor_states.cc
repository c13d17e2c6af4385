#include "src/provider/vendor_states.h"

#include "src/provider/image_copy/private_state.h"
#include "src/provider/import_id.h"
#include "tf/codec.h"
#include "tf/tree.h"

namespace provider {
namespace {

using tf::Value;

/// The vendors' providers write empty text for what is not set.
Value text_of(const Value& vendor, std::string_view name) {
  const auto text = vendor[name].text();
  return text && !text->empty() ? Value(*text) : Value();
}

Value first_text(const Value& vendor, std::string_view name, std::string_view otherwise) {
  Value text = text_of(vendor, name);
  return text.is_null() ? text_of(vendor, otherwise) : text;
}

void take_common(Value& state, const Value& vendor) {
  for (const char* name : {"source_image_id", "description", "kms_key_id"}) {
    state.set(name, text_of(vendor, name));
  }
  state.set("image_id", text_of(vendor, "id"));
  const auto* tags = vendor["tags"].as_attributes();
  if (tags != nullptr && !tags->empty()) {
    state.set("tags", *tags);
    state.set("tags_all", *tags);
  }
  const Value create = text_of(vendor["timeouts"], "create");
  const Value remove = text_of(vendor["timeouts"], "delete");
  if (create.is_null() && remove.is_null()) return;
  state.set("timeouts", Value::Attributes{{"create", create}, {"delete", remove}});
}

void take_alicloud(Value& state, const Value& vendor) {
  state.set("name", first_text(vendor, "image_name", "name"));
  state.set("source_region", text_of(vendor, "source_region_id"));
  state.set("encrypted", vendor["encrypted"]);
  if (vendor["force"].boolean() == true) state.set("force_delete", true);
}

void take_huaweicloud(Value& state, const Value& vendor) {
  const Value source_region = text_of(vendor, "region");
  const Value destination_region = first_text(vendor, "target_region", "region");
  state.set("name", text_of(vendor, "name"));
  state.set("source_region", source_region);
  state.set("destination_region", destination_region);
  if (source_region != destination_region) {
    const Value agency = text_of(vendor, "agency_name");
    const Value vault = text_of(vendor, "vault_id");
    if (!agency.is_null() || !vault.is_null())
      state.set("huaweicloud", Value::Attributes{{"agency_name", agency}, {"vault_id", vault}});
    // It is ignored across regions, and may be in the state all the same.
    state.set("kms_key_id", Value());
    return;
  }
  // "0" is the default one, which nobody has to name.
  const Value project = text_of(vendor, "enterprise_project_id");
  if (project.text() != "0") state.set("resource_group_id", project);
}

struct VendorResource {
  std::string_view type_name;
  std::string_view cloud;
  void (*take)(Value& state, const Value& vendor);
};

constexpr VendorResource kResources[] = {
    {.type_name = "alicloud_image_copy", .cloud = "alicloud", .take = take_alicloud},
    {.type_name = "alicloud_copy_image", .cloud = "alicloud", .take = take_alicloud},
    {.type_name = "huaweicloud_images_image_copy", .cloud = "huaweicloud", .take = take_huaweicloud},
};

tf::StateResponse refuse(const tf::MoveRequest& request, const std::string& why) {
  return {.diagnostics = {tf::error("State Cannot Be Moved",
                                    "The state of this " + request.type_name + " cannot be taken over: " +
                                        why + ". Remove the moved block, and import the image instead.")}};
}

}  // namespace

std::optional<tf::StateResponse> move_vendor_state(const tf::Schema& schema, const tf::MoveRequest& request) {
  const VendorResource* known = nullptr;
  for (const VendorResource& resource : kResources) {
    if (resource.type_name == request.type_name) known = &resource;
  }
  if (known == nullptr) return std::nullopt;
  const auto vendor = tf::read_json_tree(request.state_json);
  if (!vendor) return refuse(request, "its JSON " + vendor.error());
  const Value id = text_of(*vendor, "id");
  if (id.is_null()) return refuse(request, "it holds no id of an image");

  Value state = tf::default_object(schema);
  state.set("cloud", std::string(known->cloud));
  take_common(state, *vendor);
  known->take(state, *vendor);
  if (const auto region = state["destination_region"].text()) {
    state.set("id", image_import_id(known->cloud, *region, *id.text()));
  }
  auto typed = tf::decode_json_tree(std::move(state), schema.type());
  if (!typed) return refuse(request, typed.error().to_string());
  return tf::StateResponse{
      .state = *std::move(typed),
      .private_state = write_private_state({.visibility = {.listed = true}, .imported = true}),
      .diagnostics = {}};
}

}  // namespace provider
