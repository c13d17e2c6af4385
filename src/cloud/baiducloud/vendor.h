#pragma once

#include "src/cloud/vendor.h"

namespace cloud::baiducloud {

/// Baidu AI Cloud (baiducloud/API.md).
const Vendor& vendor();

}  // namespace cloud::baiducloud
