#pragma once

#include <nlohmann/json.hpp>
#include <optional>

#include "src/cloud/image_cloud.h"

/// What Huawei Cloud's answers say of images and jobs (huaweicloud/API.md 3.3, 3.5).
namespace cloud::huaweicloud {

/// The enterprise project that an image belongs to if no other is named.
inline constexpr const char* kDefaultEnterpriseProject = "0";

/// Of an image as a listing shows it.
CopyStatus read_image_status(const nlohmann::json& item);

/// Of an image that a copy may be made from.
SourceImage read_source(const nlohmann::json& item);

/// Of a job. Unknown words mean that it still runs.
CopyStatus read_job_status(const nlohmann::json& job);

/// Where a copied image comes from; nothing for any other.
std::optional<Origin> read_origin(const nlohmann::json& item);

/// Listings may still hold what is deleted.
bool is_deleted(const nlohmann::json& item);

/// The list `tags` of an answer about tags; nullopt if it holds none.
std::optional<Tags> read_tag_list(const nlohmann::json& body);

}  // namespace cloud::huaweicloud
