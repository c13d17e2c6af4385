#include "src/cloud/alicloud/replies.h"

#include <charconv>
#include "src/cloud/alicloud/extras.h"

#include "src/cloud/json.h"
#include "src/core/text.h"

namespace cloud::alicloud {
namespace {

using nlohmann::json;

/// The status of an image is that of the copy that makes it (alicloud/API.md 4.2).
CopyState state_of(const std::string& status) {
  if (status == "Waiting") return CopyState::queued;
  if (status == "Creating") return CopyState::copying;
  if (status == "Available" || status == "Deprecated") return CopyState::available;
  if (status == "CreateFailed" || status == "UnAvailable") return CopyState::failed;
  return CopyState::unknown;
}

std::string reason_of(const std::string& status) {
  if (status == "Deprecated") return "The image is deprecated.";
  if (status == "CreateFailed") return "The copy failed (CreateFailed).";
  if (status == "UnAvailable") return "The image cannot be used (UnAvailable).";
  return state_of(status) == CopyState::unknown ? "The cloud reports the status \"" + status + "\"." : "";
}

/// Tags that the service sets itself, and those that the vendor's own provider ignores (alicloud/API.md 3.6).
bool is_system_tag(const std::string& key) {
  return key.starts_with("acs:") || key.starts_with("aliyun") || key.starts_with("http://") ||
         key.starts_with("https://") || key == kCopyKeyTag;
}

std::optional<Tags> tags_of(const json& item) {
  if (!member(item, "Tags").is_object()) return std::nullopt;
  Tags tags;
  for (const json& tag : list_at(member(item, "Tags"), "Tag")) {
    const std::string key = text_at(tag, "TagKey");
    if (!key.empty() && !is_system_tag(key)) tags.emplace(key, text_at(tag, "TagValue"));
  }
  return tags;
}

Image image_of(const json& item) {
  Image image{.id = text_at(item, "ImageId"),
              .name = text_at(item, "ImageName"),
              .description = text_at(item, "Description"),
              .size_gb = integer_at(item, "Size"),
              .os_type = text_at(item, "OSType"),
              .os_name = text_at(item, "OSNameEn"),
              .architecture = text_at(item, "Architecture"),
              .created_at = text_at(item, "CreationTime"),
              .tags = tags_of(item)};
  if (image.os_name.empty()) image.os_name = text_at(item, "OSName");
  for (const json& tag : list_at(member(item, "Tags"), "Tag")) {
    if (text_at(tag, "TagKey") != kCopyKeyTag) continue;
    const std::vector<std::string> parts = core::split(text_at(tag, "TagValue"), kAfterCopyKey);
    image.copy_key = parts.front();
    if (parts.size() > 1) image.source_region = parts[1];
  }
  for (const json& disk : list_at(member(item, "DiskDeviceMappings"), "DiskDeviceMapping")) {
    const std::string snapshot = text_at(disk, "SnapshotId");
    if (!snapshot.empty()) image.snapshot_ids.push_back(snapshot);
    if (text_at(disk, "Type") == "system" || !image.encrypted)
      image.encrypted = boolean_at(disk, "Encrypted");
  }
  return image;
}

/// `37%`, or `37` in older responses.
std::optional<int> percent_of(const std::string& text) {
  int percent = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), percent);
  if (error != std::errc() || percent < 0 || percent > 100) return std::nullopt;
  return percent;
}

}  // namespace

CopyStatus read_image_status(const json& item) {
  const std::string status = text_at(item, "Status");
  return {.state = state_of(status),
          .image_id = text_at(item, "ImageId"),
          .progress_percent = percent_of(text_at(item, "Progress")),
          .status_reason = reason_of(status),
          .image = image_of(item)};
}

SourceImage read_source(const json& item) {
  const std::string status = text_at(item, "Status");
  const std::string owner = text_at(item, "ImageOwnerAlias");
  SourceImage source{.state = state_of(status), .image = image_of(item)};
  if (owner == "others") {
    const bool is_public = boolean_at(item, "IsPublic").value_or(false);
    source.owner = is_public ? ImageOwner::community : ImageOwner::other_account;
  }
  if (owner == "system") source.owner = ImageOwner::cloud;
  if (owner == "marketplace") source.owner = ImageOwner::market;
  if (status == "Deprecated") source.image.extras = Extras(ImageExtras{.is_deprecated = true});
  return source;
}

}  // namespace cloud::alicloud
