#include <array>

#include "src/cloud/huaweicloud/extras.h"
#include "src/cloud/huaweicloud/vendor.h"
#include "src/provider/arguments.h"
#include "src/provider/vendors/moved_state.h"
#include "src/provider/vendors/provider_object.h"
#include "src/provider/vendors/vendor_schema.h"

namespace provider::huaweicloud {
namespace {

using tf::Value;

tf::Attribute provider_object() {
  return provider::provider_object(
      cloud::huaweicloud::vendor(),
      {.key_variables = "`HW_ACCESS_KEY` with `HW_SECRET_KEY`",
       .service = "IMS",
       .profile_file = "~/.hcloud/config.json"},
      {optional_text(
           "auth_token",
           "A ready-made IAM token. It is good for one project, so for copies inside one region only. "
           "Default: `HW_AUTH_TOKEN`.",
           true),
       optional_text(
           "user_name",
           "The IAM user to log in as, with `password` and `domain_name`. Default: `HW_USER_NAME`."),
       optional_text("password", "The IAM user's password. Default: `HW_USER_PASSWORD`.", true),
       optional_text("domain_name", "The name of the account. Default: `HW_DOMAIN_NAME`."),
       optional_text(
           "project_name",
           "The project to work in, in its own region. Default: `HW_PROJECT_NAME`, else the region's own."),
       optional_text("project_id", "The id of that project. Default: `HW_PROJECT_ID`, else it is looked up."),
       optional_text("enterprise_project_id",
                     "The enterprise project of copies inside one region that name none. Default: "
                     "`HW_ENTERPRISE_PROJECT_ID`."),
       assume_role_attribute(
           "An agency to assume with the credentials that were found.",
           {required_text("agency_name", "The name of the agency."),
            required_text("domain_name", "The account that delegates."),
            seconds_attribute("duration", 900, 86400,
                              "For how many seconds keys are asked for, 900 to 86400. They are renewed as "
                              "needed. Default: `86400`.")}),
       endpoint_attribute("iam_endpoint",
                          "The URL of IAM, with `{region}` where the region goes. Default: `HW_AUTH_URL`, "
                          "else `https://iam.{region}.myhuaweicloud.com`."),
       metadata_endpoint_attribute("http://169.254.169.254")});
}

tf::Attribute copy_object() {
  return tf::nested_object(
      std::string(cloud::huaweicloud::vendor().name), tf::Presence::optional,
      "Arguments of copies across regions on Huawei Cloud. Conflicts with other clouds.",
      {optional_text(
           "project_name",
           "The project in the destination region. Changing this forces a new resource. Defaults to the "
           "region's own project."),
       optional_text(
           "agency_name",
           "The IAM agency that allows the image service to act in the destination region. Required "
           "across regions."),
       optional_text("vault_id",
                     "The backup vault in the destination region. Required for full-server images.")});
}

void read_copy_object(const Value& object, cloud::CopySpec& spec) {
  spec.project_name = text_argument(object, "project_name");
  spec.extras = cloud::Extras(cloud::huaweicloud::CopyExtras{
      .agency_name = text_argument(object, "agency_name"), .vault_id = text_argument(object, "vault_id")});
}

/// huaweicloud/API.md 5.1, 5.2.
void convert_image_copy(Value& state, const Value& foreign) {
  const Value source_region = moved_text(foreign, "region");
  const Value destination_region = first_moved_text(foreign, "target_region", "region");
  state.set("name", moved_text(foreign, "name"));
  state.set("source_region", source_region);
  state.set("destination_region", destination_region);
  if (source_region != destination_region) {
    const Value agency = moved_text(foreign, "agency_name");
    const Value vault = moved_text(foreign, "vault_id");
    if (!agency.is_null() || !vault.is_null())
      state.set("huaweicloud", Value::Attributes{{"agency_name", agency}, {"vault_id", vault}});
    // It is ignored across regions, and may be in the state all the same.
    state.set("kms_key_id", Value());
    return;
  }
  // "0" is the default one, which nobody has to name.
  const Value project = moved_text(foreign, "enterprise_project_id");
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
    ArgumentNote{.argument = "tags", .text = "up to 20, set when the copy is finished"},
    ArgumentNote{.argument = "delete_snapshots", .text = "the backup of a full-server image"},
    ArgumentNote{.argument = "timeouts.delete", .text = "includes waiting for the end of a running copy"}};

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
