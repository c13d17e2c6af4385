#include "tests/emulator/alicloud/replies.h"

#include "src/core/text.h"
#include "src/core/time_text.h"

namespace emulator::alicloud {
namespace {

std::string escape_xml(std::string_view text) {
  std::string escaped = core::replace_all(core::replace_invalid_utf8(text), "&", "&amp;");
  escaped = core::replace_all(escaped, "<", "&lt;");
  escaped = core::replace_all(escaped, ">", "&gt;");
  return core::replace_all(escaped, "\"", "&quot;");
}

/// Writes a list as one element per item, each with the name of the list.
std::string to_xml(std::string_view name, const Json& value) {
  std::string content;
  if (value.is_array()) {
    for (const Json& item : value) content += to_xml(name, item);
    return content;
  }
  if (value.is_object()) {
    for (const auto& [key, item] : value.items()) content += to_xml(key, item);
  } else {
    content = escape_xml(value.is_string() ? value.get<std::string>() : dump(value));
  }
  return "<" + std::string(name) + ">" + content + "</" + std::string(name) + ">";
}

std::string owner_alias(const Image& image) {
  switch (image.kind) {
    case ImageKind::system: return "system";
    case ImageKind::shared: return "others";
    case ImageKind::market: return "marketplace";
    case ImageKind::custom:
    case ImageKind::iso:
    case ImageKind::whole:
    case ImageKind::package: break;
  }
  return "self";
}

int percent_of(const Image& image, const Environment& environment) {
  const Copy* copy = environment.world.copy_of(image);
  if (copy != nullptr) return copy->percent(environment.world.now());
  return image.state == ImageState::available || image.state == ImageState::deprecated ? 100 : 0;
}

Json disks_json(const Image& image, const Environment& environment) {
  const Copy* copy = environment.world.copy_of(image);
  const auto left = copy == nullptr ? Duration::zero() : copy->remaining(environment.world.now());
  Json disks = Json::array();
  for (const std::string& id : image.snapshot_ids) {
    const auto found = environment.world.data().snapshots.find(
        {.cloud = image.key.cloud, .region = image.key.region, .id = id});
    if (found == environment.world.data().snapshots.end()) continue;
    const Snapshot& snapshot = found->second;
    disks.push_back({{"Device", snapshot.device},
                     {"Type", snapshot.system_disk ? "system" : "data"},
                     {"Size", std::to_string(snapshot.size_gb)},
                     {"SnapshotId", id},
                     {"Progress", std::to_string(percent_of(image, environment)) + "%"},
                     {"RemainTime", std::chrono::ceil<std::chrono::seconds>(left).count()},
                     {"Encrypted", snapshot.encrypted}});
  }
  return {{"DiskDeviceMapping", disks}};
}

Json tags_json(const Image& image) {
  Json tags = Json::array();
  for (const auto& [key, value] : image.tags) tags.push_back({{"TagKey", key}, {"TagValue", value}});
  return {{"Tag", tags}};
}

}  // namespace

http::Response render(const Call& call, int status, std::string_view root, const Json& body) {
  if (call.json) {
    return {.status = status,
            .headers = {{.name = "Content-Type", .value = "application/json;charset=utf-8"}},
            .body = dump(body)};
  }
  return {.status = status,
          .headers = {{.name = "Content-Type", .value = "text/xml;charset=utf-8"}},
          .body = "<?xml version='1.0' encoding='UTF-8'?>" + to_xml(root, body)};
}

std::string status_word(const Image& image, const emulator::Switches& switches) {
  switch (image.state) {
    case ImageState::waiting: return "Waiting";
    case ImageState::copying:
    case ImageState::creating: return "Creating";
    case ImageState::available: return "Available";
    case ImageState::unavailable:
    case ImageState::broken: return "UnAvailable";
    case ImageState::failed: return switches.alicloud.failed_status;
    case ImageState::deprecated: return "Deprecated";
  }
  return "";
}

Json image_json(const Image& image, const Environment& environment) {
  const bool usable = image.state == ImageState::available || image.state == ImageState::deprecated;
  return {{"ImageId", image.key.id},
          {"ImageName", image.name},
          {"Description", image.description},
          {"Status", status_word(image, environment.switches)},
          {"Progress", std::to_string(percent_of(image, environment)) + "%"},
          {"IsCopied", image.copied},
          {"IsSelfShared", image.shared_to_others ? "True" : ""},
          {"IsSupportCloudinit", true},
          {"IsSupportIoOptimized", true},
          {"Usable", usable},
          {"Usage", image.in_use ? "instance" : "none"},
          {"ImageOwnerAlias", owner_alias(image)},
          {"ImageVersion", ""},
          {"ImageFamily", ""},
          {"ProductCode", ""},
          {"ResourceGroupId", image.resource_group_id},
          {"Size", image.size_gb},
          {"Platform", core::split(image.os_name, ' ').front()},
          {"OSType", core::to_lower(image.os_type)},
          {"OSName", image.os_name},
          {"OSNameEn", image.os_name},
          {"Architecture", image.architecture},
          {"BootMode", "BIOS"},
          {"CreationTime", core::format_rfc3339(image.created)},
          {"DiskDeviceMappings", disks_json(image, environment)},
          {"Tags", tags_json(image)}};
}

Json snapshot_json(const Snapshot& snapshot, const Environment& environment) {
  const auto image = environment.world.data().images.find(
      {.cloud = snapshot.key.cloud, .region = snapshot.key.region, .id = snapshot.image_id});
  const bool used = image != environment.world.data().images.end();
  const Copy* copy = used ? environment.world.copy_of(image->second) : nullptr;
  const bool done = copy == nullptr || !copy->active();
  return {{"SnapshotId", snapshot.key.id},
          {"SnapshotName", ""},
          {"Status", done ? "accomplished" : "progressing"},
          {"Progress", done ? "100%" : std::to_string(copy->percent(environment.world.now())) + "%"},
          {"Usage", used ? "image" : "none"},
          {"SourceDiskSize", std::to_string(snapshot.size_gb)},
          {"SourceDiskType", snapshot.system_disk ? "system" : "data"},
          {"SourceSnapshotId", snapshot.source_snapshot_id},
          {"SourceRegionId", snapshot.source_region},
          {"Encrypted", snapshot.encrypted},
          {"KMSKeyId", snapshot.kms_key_id},
          {"CreationTime", core::format_rfc3339(snapshot.created)}};
}

}  // namespace emulator::alicloud
