#pragma once

#include <nlohmann/json.hpp>

#include "src/cloud/image_cloud.h"

/// Parses images in responses of Alibaba Cloud (alicloud/API.md 3.3).
namespace cloud::alicloud {

/// The tag that stores the copy key and, after a slash, the source region, which the cloud does not report
/// itself.
inline constexpr const char* kCopyKeyTag = "image-copy-key";
inline constexpr char kAfterCopyKey = '/';

/// Parses an image in a listing.
CopyStatus read_image_status(const nlohmann::json& item);

/// Parses an image as the source of a copy.
SourceImage read_source(const nlohmann::json& item);

}  // namespace cloud::alicloud
