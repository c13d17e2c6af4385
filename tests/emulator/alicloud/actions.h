#pragma once

#include "tests/emulator/alicloud/call.h"

/// The actions of ECS (alicloud/API.md 3). Each returns the fields of its reply without the request ID.
namespace emulator::alicloud {

Result<Json> copy_image(Context& context);
Result<Json> cancel_copy_image(Context& context);

Result<Json> describe_images(Context& context);
Result<Json> delete_image(Context& context);
Result<Json> modify_image_attribute(Context& context);

Result<Json> tag_resources(Context& context);
Result<Json> untag_resources(Context& context);
Result<Json> list_tag_resources(Context& context);

Result<Json> describe_snapshots(Context& context);
Result<Json> delete_snapshot(Context& context);

Result<Json> describe_regions(Context& context);

/// The actions of STS (alicloud/API.md 2.4).
Result<Json> assume_role(Context& context);
Result<Json> assume_role_with_oidc(Context& context);
Result<Json> get_caller_identity(Context& context);

}  // namespace emulator::alicloud
