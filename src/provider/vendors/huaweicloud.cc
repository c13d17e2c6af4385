#include <array>

#include "src/cloud/huaweicloud/extras.h"
#include "src/cloud/huaweicloud/iam.h"
#include "src/cloud/huaweicloud/vendor.h"
#include "src/provider/arguments.h"
#include "src/provider/vendors/moved_state.h"
#include "src/provider/vendors/provider_object.h"
#include "src/provider/vendors/vendor_schema.h"

namespace provider::huaweicloud {
namespace {

using tf::Value;

tf::Attribute provider_object() {
  const cloud::Vendor& vendor = cloud::huaweicloud::vendor();
  return provider::provider_object(
      vendor,
      {optional_text("auth_token",
                     "An IAM token, which is used if `access_key` is not set. A token is valid for one "
                     "project, so it can only be used for copies within one region. " +
                         set_by_variable(vendor, "auth_token"),
                     true),
       optional_text("user_name", "The name of an IAM user. Requires `password` and `domain_name`. " +
                                      set_by_variable(vendor, "user_name")),
       optional_text("password", "The password of the IAM user. " + set_by_variable(vendor, "password"),
                     true),
       optional_text("domain_name", "The name of the account that the IAM user belongs to. " +
                                        set_by_variable(vendor, "domain_name")),
       optional_text(
           "project_name",
           "The name of a project, such as `cn-north-4_team`. It is used in the region that its name "
           "begins with; in all other regions, the region's own project is used. " +
               set_by_variable(vendor, "project_name")),
       optional_text("project_id", "The ID of the project in the default source region. " +
                                       set_by_variable(vendor, "project_id") +
                                       " Defaults to the ID that IAM returns for the project name."),
       optional_text(
           "enterprise_project_id",
           "The enterprise project of copies within one region that do not set `resource_group_id`. " +
               set_by_variable(vendor, "enterprise_project_id")),
       assume_role_attribute(
           "An agency to assume with the credentials found.",
           {required_text("agency_name", "The name of the agency. " +
                                             replaced_by_variable(vendor, "assume_role.agency_name")),
            required_text("domain_name", "The name of the account that created the agency. " +
                                             replaced_by_variable(vendor, "assume_role.domain_name")),
            session_duration_attribute("duration", 900, cloud::huaweicloud::kMaxDuration,
                                       set_by_variable(vendor, "assume_role.duration") + " Defaults to `" +
                                           std::to_string(cloud::huaweicloud::kMaxDuration) + "`.")}),
       endpoint_attribute("iam_endpoint",
                          "The URL of IAM, with `{region}` as the placeholder for the region. " +
                              set_by_variable(vendor, "iam_endpoint") + " Defaults to `" +
                              std::string(cloud::huaweicloud::kIamEndpoint) + "`."),
       metadata_endpoint_attribute(cloud::huaweicloud::kMetadataEndpoint)});
}

tf::Attribute copy_object() {
  return tf::nested_object(
      std::string(cloud::huaweicloud::vendor().name), tf::Presence::optional,
      "Arguments of copies across regions on Huawei Cloud. Only valid with `cloud = \"huaweicloud\"`.",
      {optional_text("project_name",
                     "The project in the destination region. Changing this forces a new resource. Defaults "
                     "to the region's own project."),
       optional_text("agency_name",
                     "The IAM agency that allows the image service to act in the destination region. "
                     "Required across regions."),
       optional_text("vault_id",
                     "The backup vault in the destination region. Required for full-server images.")});
}

void read_copy_object(const Value& object, cloud::CopySpec& spec) {
  spec.project_name = text_argument(object, "project_name");
  spec.extras = cloud::Extras(cloud::huaweicloud::CopyExtras{
      .agency_name = text_argument(object, "agency_name"), .vault_id = text_argument(object, "vault_id")});
}

/// A state without `target_region` is of a copy within its region (huaweicloud/API.md 5.1, 5.2).
void convert_image_copy(Value& state, const Value& moved) {
  const Value source_region = moved_text(moved, "region");
  const Value destination_region = first_moved_text(moved, "target_region", "region");
  state.set("name", moved_text(moved, "name"));
  state.set("source_region", source_region);
  state.set("destination_region", destination_region);
  if (source_region != destination_region) {
    const Value agency = moved_text(moved, "agency_name");
    const Value vault = moved_text(moved, "vault_id");
    if (!agency.is_null() || !vault.is_null())
      state.set("huaweicloud", Value::Attributes{{"agency_name", agency}, {"vault_id", vault}});
    // The key may be in the state, but the copy call ignores it across regions.
    state.set("kms_key_id", Value());
    return;
  }
  // "0" is the default enterprise project, which need not be configured.
  const Value project = moved_text(moved, "enterprise_project_id");
  if (project.text() != "0") state.set("resource_group_id", project);
}

constexpr std::array kMoved = {
    MovedResource{.type_name = "huaweicloud_images_image_copy", .convert = convert_image_copy}};

constexpr std::array kNotes = {
    ArgumentNote{.argument = "name",
                 .text = "1 to 128 letters, digits, `-`, `.`, `_` and spaces; names may repeat"},
    ArgumentNote{.argument = "description", .text = "up to 1024 characters on one line"},
    ArgumentNote{.argument = "encrypted", .text = "only within one region, and together with `kms_key_id`"},
    ArgumentNote{.argument = "kms_key_id", .text = "only within one region"},
    ArgumentNote{.argument = "resource_group_id", .text = "an enterprise project, only within one region"},
    ArgumentNote{.argument = "tags",
                 .text = "up to 10, with keys of up to 36 and values of up to 43 characters; set when the "
                         "copy is finished"},
    ArgumentNote{.argument = "delete_snapshots", .text = "the backup of a full-server image"},
    ArgumentNote{.argument = "timeouts.delete",
                 .text = "includes the time until a running copy finishes, because it cannot be canceled"}};

}  // namespace

const VendorSchema& schema() {
  static const VendorSchema kSchema = {.vendor = cloud::huaweicloud::vendor(),
                                       .provider_object = provider_object,
                                       .copy_object = copy_object,
                                       .read_copy_object = read_copy_object,
                                       .notes = kNotes,
                                       .moved = kMoved};
  return kSchema;
}

}  // namespace provider::huaweicloud
