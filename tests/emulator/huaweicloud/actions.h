#pragma once

#include "tests/emulator/huaweicloud/call.h"

namespace emulator::huaweicloud {

/// The calls of IMS (huaweicloud/API.md 3).
Result<Reply> copy_image_in_region(Context& context);
Result<Reply> copy_image_cross_region(Context& context);
Result<Reply> show_job(Context& context);

Result<Reply> list_images(Context& context);
Result<Reply> show_image(Context& context);
Result<Reply> delete_image(Context& context);
Result<Reply> update_image(Context& context);
Result<Reply> show_quota(Context& context);

Result<Reply> list_image_tags(Context& context);
Result<Reply> change_image_tags(Context& context);
Result<Reply> add_image_tag(Context& context);
Result<Reply> delete_image_tag(Context& context);
Result<Reply> list_all_tags(Context& context);
Result<Reply> list_images_by_tag(Context& context);

/// The calls of IAM (huaweicloud/API.md 2).
Result<Reply> list_projects(Context& context);
Result<Reply> create_token(Context& context);
Result<Reply> list_domains(Context& context);
Result<Reply> list_regions(Context& context);
Result<Reply> create_temporary_key(Context& context);

}  // namespace emulator::huaweicloud
