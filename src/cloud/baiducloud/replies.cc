#include "src/cloud/baiducloud/replies.h"

#include "src/cloud/json.h"
#include "src/core/text.h"

namespace cloud::baiducloud {
namespace {

using nlohmann::json;

/// The status of a running copy is not documented: any status that means neither available nor failed counts
/// as copying (baiducloud/API.md 3.5).
CopyState state_of(const std::string& status) {
  const std::string word = core::to_lower(status);
  if (word == "available") return CopyState::available;
  if (word == "createdfailed" || word == "createfailed" || word == "error") return CopyState::failed;
  return CopyState::copying;
}

/// An undocumented status, and `NotAvailable`, which nothing explains, is shown.
std::string reason_of(const std::string& status, CopyState state) {
  const std::string word = core::to_lower(status);
  const bool is_plain = state == CopyState::available || word == "creating" || word == "dest_copying";
  if (state == CopyState::failed) return "The copy failed (" + status + ").";
  return is_plain || status.empty() ? "" : "The cloud reports the status \"" + status + "\".";
}

Image image_of(const json& item) {
  Image image{.id = text_at(item, "id"),
              .name = text_at(item, "name"),
              .description = text_at(item, "desc"),
              .size_gb = integer_at(item, "diskSize"),
              .os_type = text_at(item, "osType"),
              .os_name = text_at(item, "osName"),
              .architecture = text_at(item, "osArch"),
              .created_at = text_at(item, "createTime"),
              .encrypted = boolean_at(item, "encrypted")};
  const std::string version = text_at(item, "osVersion");
  if (!version.empty()) image.os_name += (image.os_name.empty() ? "" : " ") + version;
  for (const json& snapshot : list_at(item, "snapshots")) {
    const std::string id = text_at(snapshot, "id");
    if (!id.empty()) image.snapshot_ids.push_back(id);
  }
  return image;
}

/// Any other type, such as `Custom`, is the account's own (baiducloud/API.md 3.6).
ImageOwner owner_of(const std::string& type) {
  if (type == "Sharing") return ImageOwner::other_account;
  if (type == "Integration") return ImageOwner::market;
  return type.ends_with("System") ? ImageOwner::cloud : ImageOwner::account;
}

}  // namespace

CopyStatus read_image_status(const json& item) {
  const std::string status = text_at(item, "status");
  const CopyState state = state_of(status);
  return {.state = state,
          .image_id = text_at(item, "id"),
          .progress_percent = state == CopyState::available ? std::optional(100) : std::nullopt,
          .status_reason = reason_of(status, state),
          .image = image_of(item)};
}

SourceImage read_source(const json& item) {
  return {.state = state_of(text_at(item, "status")),
          .image = image_of(item),
          .owner = owner_of(text_at(item, "type")),
          .has_data_disks = boolean_at(item, "package").value_or(false)};
}

}  // namespace cloud::baiducloud
