#include <array>

#include "src/cloud/baiducloud/credentials.h"
#include "src/cloud/baiducloud/vendor.h"
#include "src/provider/vendors/provider_object.h"
#include "src/provider/vendors/vendor_schema.h"

namespace provider::baiducloud {
namespace {

tf::Attribute provider_object() {
  return provider::provider_object(
      cloud::baiducloud::vendor(),
      {assume_role_attribute(
           "A role to assume with the credentials found.",
           {required_text("account_id", "The ID of the account that the role belongs to."),
            required_text("role_name", "The name of the role."),
            optional_text("user_id", "The ID of the user on whose behalf the role is assumed."),
            optional_text("acl",
                          "An access control list in JSON that restricts the permissions of the session.")}),
       endpoint_attribute("sts_endpoint", "The URL of STS, which is called to assume a role. Defaults to `" +
                                              std::string(cloud::baiducloud::kStsEndpoint) + "`.")});
}

constexpr std::array kNotes = {
    ArgumentNote{.argument = "destination_region", .text = "must differ from the source region"},
    ArgumentNote{.argument = "name", .text = "1 to 65 characters, and unique in the region"},
    ArgumentNote{.argument = "description", .text = "not supported"},
    ArgumentNote{.argument = "encrypted", .text = "not supported"},
    ArgumentNote{.argument = "kms_key_id", .text = "not supported"},
    ArgumentNote{.argument = "resource_group_id", .text = "not supported"},
    ArgumentNote{.argument = "tags",
                 .text = "set when the copy is finished; the cloud does not report tags, so changes made "
                         "outside of Terraform are not detected"}};

}  // namespace

const VendorSchema& schema() {
  static const VendorSchema kSchema = {.vendor = cloud::baiducloud::vendor(),
                                       .provider_object = provider_object,
                                       .notes = kNotes,
                                       .moved = {}};
  return kSchema;
}

}  // namespace provider::baiducloud
