#pragma once

#include "src/cloud/vendor.h"

namespace cloud::alicloud {

/// Alibaba Cloud (alicloud/API.md).
const Vendor& vendor();

}  // namespace cloud::alicloud
