#pragma once

#include <nlohmann/json.hpp>
#include <optional>

#include "src/cloud/image_cloud.h"

/// Parses images and jobs in responses of Huawei Cloud (huaweicloud/API.md 3.3, 3.5).
namespace cloud::huaweicloud {

/// The enterprise project of an image for which no other is set.
inline constexpr const char* kDefaultEnterpriseProject = "0";

/// Parses an image in a listing.
CopyStatus read_image_status(const nlohmann::json& item);

/// Parses an image as the source of a copy.
/// `is_own`: whether a project of the account owns the image; matters only for shared ones.
SourceImage read_source(const nlohmann::json& item, bool is_own);

/// Parses a job. An unknown status means that the job is running.
CopyStatus read_job_status(const nlohmann::json& job);

/// The source of a copied image; nullopt for any other image.
std::optional<Origin> read_origin(const nlohmann::json& item);

/// Whether the image is deleted: a listing may still contain it.
bool is_deleted(const nlohmann::json& item);

/// Parses the list `tags` of a response. Returns nullopt if there is none.
std::optional<Tags> read_tag_list(const nlohmann::json& body);

}  // namespace cloud::huaweicloud
