#include "src/cloud/huaweicloud/replies.h"

#include <cmath>
#include "src/cloud/huaweicloud/extras.h"

#include "src/cloud/json.h"
#include "src/core/text.h"

namespace cloud::huaweicloud {
namespace {

using nlohmann::json;

/// The status of an image is that of the copy that makes it (huaweicloud/API.md 3.5).
CopyState state_of(const std::string& status) {
  if (status == "queued") return CopyState::queued;
  if (status == "saving") return CopyState::copying;
  if (status == "active") return CopyState::available;
  if (status == "killed") return CopyState::failed;
  return CopyState::unknown;
}

std::string reason_of(const std::string& status) {
  if (status == "killed") return "The copy failed (killed).";
  return state_of(status) == CopyState::unknown ? "The cloud reports the status \"" + status + "\"." : "";
}

/// `key=value` each (huaweicloud/API.md 3.5).
std::optional<Tags> listed_tags(const json& item) {
  if (!member(item, "tags").is_array()) return std::nullopt;
  Tags tags;
  for (const json& tag : list_at(item, "tags")) {
    if (!tag.is_string()) continue;
    const auto& text = tag.get_ref<const std::string&>();
    const std::size_t equals = text.find('=');
    tags.emplace(text.substr(0, equals), equals == std::string::npos ? "" : text.substr(equals + 1));
  }
  return tags;
}

/// No response names the architecture (huaweicloud/API.md 3.5).
std::string architecture_of(const json& item) {
  if (!item.is_object()) return "";
  return boolean_at(item, "__support_arm").value_or(false) ? "arm" : "x86";
}

/// huaweicloud/API.md 3.5.
ImageExtras extras_of(const json& item) {
  return {.is_iso = text_at(item, "virtual_env_type") == "IsoImage" || text_at(item, "disk_format") == "iso",
          .has_backup = boolean_at(item, "__whole_image").value_or(false)};
}

Image image_of(const json& item) {
  Image image{.id = text_at(item, "id"),
              .name = text_at(item, "name"),
              .description = text_at(item, "__description"),
              .size_gb = integer_at(item, "min_disk"),
              .os_type = core::to_lower(text_at(item, "__os_type")),
              .os_name = text_at(item, "__os_version"),
              .architecture = architecture_of(item),
              .created_at = text_at(item, "created_at"),
              .kms_key_id = text_at(item, "__system__cmkid"),
              .origin = read_origin(item),
              .tags = listed_tags(item)};
  if (image.origin) image.source_region = image.origin->region;
  image.encrypted = !image.kms_key_id.empty();
  if (item.contains("enterprise_project_id")) {
    const std::string project = text_at(item, "enterprise_project_id");
    image.resource_group_id = project == kDefaultEnterpriseProject ? "" : project;
  }
  if (const ImageExtras extras = extras_of(item); extras != ImageExtras()) image.extras = Extras(extras);
  return image;
}

/// From 0 to 1 (huaweicloud/API.md 3.3).
std::optional<int> percent_of(const json& entities) {
  const json& fraction = member(entities, "process_percent");
  if (!fraction.is_number()) return std::nullopt;
  const double percent = fraction.get<double>() * 100;
  return percent >= 0 && percent <= 100 ? std::optional(static_cast<int>(std::lround(percent)))
                                        : std::nullopt;
}

std::string failure_of(const json& job) {
  const json& entities = member(job, "entities");
  std::string reason = text_at(job, "fail_reason");
  if (reason.empty()) reason = text_at(entities, "error");
  std::string code = text_at(job, "error_code");
  if (code.empty()) code = text_at(entities, "error_code");
  if (reason.empty()) reason = "The cloud reports no reason.";
  return code.empty() ? reason : code + ": " + reason;
}

}  // namespace

CopyStatus read_image_status(const json& item) {
  const std::string status = text_at(item, "status");
  const CopyState state = state_of(status);
  return {.state = state,
          .image_id = text_at(item, "id"),
          .progress_percent = state == CopyState::available ? std::optional(100) : std::nullopt,
          .status_reason = reason_of(status),
          .image = image_of(item)};
}

SourceImage read_source(const json& item, bool is_own) {
  SourceImage source{.state = state_of(text_at(item, "status")), .image = image_of(item)};
  const std::string type = text_at(item, "__imagetype");
  if (type == "gold") source.owner = ImageOwner::cloud;
  if (type == "market") source.owner = ImageOwner::market;
  // An own image that is shared with others is `shared`, too (huaweicloud/API.md 3.4).
  if (type == "shared" && !is_own) source.owner = ImageOwner::other_account;
  source.has_data_disks = source.image.extras.get<ImageExtras>().has_backup;
  return source;
}

CopyStatus read_job_status(const json& job) {
  const std::string status = text_at(job, "status");
  const json& entities = member(job, "entities");
  CopyStatus view{.state = CopyState::copying,
                  .image_id = text_at(entities, "image_id"),
                  .image_name = text_at(entities, "image_name"),
                  .progress_percent = percent_of(entities)};
  if (status == "INIT") view.state = CopyState::queued;
  if (status == "FAIL") {
    view.state = CopyState::failed;
    view.status_reason = failure_of(job);
  }
  return view;
}

/// `image,{region},{id}` (huaweicloud/API.md 3.5).
std::optional<Origin> read_origin(const json& item) {
  const std::vector<std::string> parts = core::split(text_at(item, "__data_origin"), ',');
  if (parts.size() != 3 || parts[0] != "image") return std::nullopt;
  return Origin{.region = parts[1], .image_id = parts[2]};
}

bool is_deleted(const json& item) {
  return text_at(item, "status") == "deleted";
}

std::optional<Tags> read_tag_list(const json& body) {
  if (!is_list_with(member(body, "tags"), "key")) return std::nullopt;
  Tags tags;
  for (const json& tag : list_at(body, "tags")) tags.emplace(text_at(tag, "key"), text_at(tag, "value"));
  return tags;
}

}  // namespace cloud::huaweicloud
