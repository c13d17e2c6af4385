#pragma once

#include <optional>

#include "tf/provider.h"

namespace provider {

/// A state of `alicloud_image_copy` (also by its first name, `alicloud_copy_image`) or
/// `huaweicloud_images_image_copy` as one of `image_copy` (alicloud/API.md 5, huaweicloud/API.md 5). What
/// only those resources have is dropped. Alibaba Cloud's does not tell in which region its image is; reading
/// finds that out. Nothing for any other type.
std::optional<tf::StateResponse> move_vendor_state(const tf::Schema& schema, const tf::MoveRequest& request);

}  // namespace provider
