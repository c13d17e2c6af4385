#pragma once

#include <nlohmann/json.hpp>

#include "src/cloud/image_cloud.h"

/// What Alibaba Cloud's answers say of images (alicloud/API.md 3.3).
namespace cloud::alicloud {

/// The tag that holds a copy's key and, behind a slash, its source region, which the cloud does not tell by
/// itself.
inline constexpr const char* kCopyKeyTag = "image-copy-key";
inline constexpr char kAfterCopyKey = '/';

/// Of an image as a listing shows it.
CopyStatus read_image_status(const nlohmann::json& item);

/// Of an image that a copy may be made from.
SourceImage read_source(const nlohmann::json& item);

}  // namespace cloud::alicloud
