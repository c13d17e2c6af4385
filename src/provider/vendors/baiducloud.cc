#include "src/cloud/baiducloud/vendor.h"
#include "src/provider/vendors/provider_object.h"
#include "src/provider/vendors/vendor_schema.h"

namespace provider::baiducloud {
namespace {

tf::Attribute provider_object() {
  return provider::provider_object(
      cloud::baiducloud::vendor(),
      {.key_variables = "`BAIDUCLOUD_ACCESS_KEY` with `BAIDUCLOUD_SECRET_KEY`",
       .service = "BCC",
       .profile_file = "~/.bce/config.json"},
      {assume_role_attribute(
           "A role to assume with the keys that were found.",
           {required_text("account_id", "The account that the role belongs to."),
            required_text("role_name", "The name of the role."),
            optional_text("user_id", "The user on whose behalf the role is assumed."),
            optional_text("acl", "An access control list, as JSON, that narrows the role down.")}),
       endpoint_attribute("sts_endpoint",
                          "The URL of STS, which assumes roles. Default: `https://sts.bj.baidubce.com`.")});
}

}  // namespace

const VendorSchema& schema() {
  static const VendorSchema kSchema = {
      .vendor = cloud::baiducloud::vendor(), .provider_object = provider_object, .moved = {}};
  return kSchema;
}

}  // namespace provider::baiducloud
