#pragma once

#include "src/cloud/vendor.h"

namespace cloud::huaweicloud {

/// Huawei Cloud (huaweicloud/API.md).
const Vendor& vendor();

}  // namespace cloud::huaweicloud
