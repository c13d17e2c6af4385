#pragma once

#include "src/cloud/argument.h"

namespace cloud::huaweicloud {

/// What only copies on Huawei Cloud take. Both are for copies across regions (huaweicloud/API.md 3.2).
struct CopyExtras {
  TextArgument agency_name;  ///< the IAM agency that lets the image service act in the destination region
  TextArgument vault_id;     ///< for the backup behind the copy of a full-server image

  bool operator==(const CopyExtras&) const = default;
};

/// What only images on Huawei Cloud report (huaweicloud/API.md 3.5).
struct ImageExtras {
  bool is_iso = false;
  bool has_backup = false;  ///< a full-server image

  bool operator==(const ImageExtras&) const = default;
};

}  // namespace cloud::huaweicloud
