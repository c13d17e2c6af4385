#pragma once

namespace cloud::alicloud {

/// What only images on Alibaba Cloud report (alicloud/API.md 3.3).
struct ImageExtras {
  bool is_deprecated = false;

  bool operator==(const ImageExtras&) const = default;
};

}  // namespace cloud::alicloud
