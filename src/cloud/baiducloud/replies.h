#pragma once

#include <nlohmann/json.hpp>

#include "src/cloud/image_cloud.h"

/// Parses images in responses of Baidu AI Cloud (baiducloud/API.md 3.4).
namespace cloud::baiducloud {

/// Parses an image in a listing.
CopyStatus read_image_status(const nlohmann::json& item);

/// Parses an image as the source of a copy.
SourceImage read_source(const nlohmann::json& item);

}  // namespace cloud::baiducloud
