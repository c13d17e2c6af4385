#pragma once

#include <chrono>

#include "tf/schema.h"

namespace provider {

/// The defaults of `timeouts`.
struct DefaultTimeouts {
  static constexpr std::chrono::milliseconds kCreate = std::chrono::hours(3);
  static constexpr std::chrono::milliseconds kUpdate = std::chrono::hours(3);
  static constexpr std::chrono::milliseconds kDelete = std::chrono::minutes(30);
  static constexpr std::chrono::milliseconds kRead = std::chrono::minutes(5);
};

inline constexpr const char* kImageCopyType = "image_copy";

/// The schema of the resource `image_copy`.
tf::Schema image_copy_schema();

/// A map of tags. Each must have a value.
tf::Attribute tags_attribute(std::string name, std::string description);

}  // namespace provider
