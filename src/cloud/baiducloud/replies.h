#pragma once

#include <nlohmann/json.hpp>

#include "src/cloud/image_cloud.h"

/// What Baidu AI Cloud's answers say of images (baiducloud/API.md 3.4).
namespace cloud::baiducloud {

/// Of an image as a listing shows it.
CopyStatus read_image_status(const nlohmann::json& item);

/// Of an image that a copy may be made from.
SourceImage read_source(const nlohmann::json& item);

}  // namespace cloud::baiducloud
