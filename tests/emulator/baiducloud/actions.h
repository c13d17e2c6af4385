#pragma once

#include "tests/emulator/baiducloud/call.h"

/// The image calls of BCC (baiducloud/API.md 3). A reply without content is null.
namespace emulator::baiducloud {

Result<Json> remote_copy(Context& context);
Result<Json> cancel_remote_copy(Context& context);

Result<Json> get_image(Context& context);
Result<Json> list_images(Context& context);
Result<Json> delete_image(Context& context);
Result<Json> rename_image(Context& context);
Result<Json> share_image(Context& context);
Result<Json> unshare_image(Context& context);

Result<Json> bind_tags(Context& context);
Result<Json> unbind_tags(Context& context);

Result<Json> describe_regions(Context& context);

/// The calls of STS (baiducloud/API.md 2.5).
Result<Json> get_session_token(Context& context);
Result<Json> assume_role(Context& context);

}  // namespace emulator::baiducloud
