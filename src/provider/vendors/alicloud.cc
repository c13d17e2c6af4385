#include <array>

#include "src/cloud/alicloud/sts.h"
#include "src/cloud/alicloud/vendor.h"
#include "src/provider/vendors/moved_state.h"
#include "src/provider/vendors/provider_object.h"
#include "src/provider/vendors/vendor_schema.h"

namespace provider::alicloud {
namespace {

using tf::Value;

tf::Attribute provider_object() {
  const cloud::Vendor& vendor = cloud::alicloud::vendor();
  return provider::provider_object(
      vendor,
      {assume_role_attribute(
           "A RAM role to assume with the credentials found.",
           {required_text("role_arn",
                          "The ARN of the role, such as `acs:ram::1234567890123456:role/image-copier`. " +
                              replaced_by_variable(vendor, "assume_role.role_arn")),
            optional_text("session_name", "The name of the session. " +
                                              set_by_variable(vendor, "assume_role.session_name") +
                                              " Defaults to `terraform-provider-image`."),
            session_duration_attribute("session_duration", 900, 43200, "If not set, STS decides."),
            optional_text("policy", "A policy in JSON that restricts the permissions of the session."),
            optional_text("external_id", "The external ID that the trust policy of the role requires.")}),
       endpoint_attribute("sts_endpoint", "The URL of STS, which is called to assume a role. Defaults to `" +
                                              std::string(cloud::alicloud::kStsEndpoint) + "`."),
       metadata_endpoint_attribute(cloud::alicloud::kMetadataEndpoint)});
}

/// The state does not contain the region of the image; the first read searches for it (alicloud/API.md 5.1).
void convert_image_copy(Value& state, const Value& moved) {
  state.set("name", first_moved_text(moved, "image_name", "name"));
  state.set("source_region", moved_text(moved, "source_region_id"));
  state.set("encrypted", moved["encrypted"]);
  if (moved["force"].boolean() == true) state.set("force_delete", true);
}

/// The second is the older name of the same resource (alicloud/API.md 5.3).
constexpr std::array kMoved = {
    MovedResource{.type_name = "alicloud_image_copy", .convert = convert_image_copy},
    MovedResource{.type_name = "alicloud_copy_image", .convert = convert_image_copy}};

constexpr std::array kNotes = {
    ArgumentNote{.argument = "name",
                 .text = "2 to 128 letters, digits, `.`, `:`, `_` and `-`, beginning with a letter, and "
                         "unique in the region"},
    ArgumentNote{.argument = "description",
                 .text = "2 to 256 characters; removing the description forces a new resource"},
    ArgumentNote{.argument = "kms_key_id",
                 .text = "a key of the destination region, together with `encrypted`"},
    ArgumentNote{.argument = "resource_group_id", .text = "a resource group"},
    ArgumentNote{.argument = "tags",
                 .text =
                     "up to 19, because a copy needs one of the 20 tags for its `copy_key`; up to 20 on an "
                     "imported image. Set by the call that starts the copy"},
    ArgumentNote{.argument = "copy_key",
                 .text =
                     "stored in the tag `image-copy-key` of the image, by which a later run finds the copy "
                     "even if the run that started it was killed"},
    ArgumentNote{.argument = "delete_snapshots", .text = "the snapshots of the image"}};

}  // namespace

const VendorSchema& schema() {
  static const VendorSchema kSchema = {.vendor = cloud::alicloud::vendor(),
                                       .provider_object = provider_object,
                                       .notes = kNotes,
                                       .moved = kMoved};
  return kSchema;
}

}  // namespace provider::alicloud
