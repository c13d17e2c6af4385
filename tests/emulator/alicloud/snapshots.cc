#include "tests/emulator/alicloud/snapshots.h"

#include <algorithm>
#include <set>

#include "tests/emulator/alicloud/actions.h"
#include "tests/emulator/alicloud/errors.h"
#include "tests/emulator/alicloud/ids.h"
#include "tests/emulator/alicloud/replies.h"
#include "tests/emulator/alicloud/rules.h"

namespace emulator::alicloud {
namespace {

/// `SnapshotIds` is a string that contains a JSON list.
Result<std::set<std::string>> read_ids(const Call& call) {
  const std::string text = call.get("SnapshotIds");
  if (text.empty()) return std::set<std::string>{};
  const auto list = nlohmann::json::parse(text, nullptr, false);
  const auto is_text = [](const auto& item) { return item.is_string(); };
  if (!list.is_array() || list.size() > 100 || !std::ranges::all_of(list, is_text)) {
    return std::unexpected(
        api_error("InvalidParameter", "SnapshotIds must be a JSON list of at most 100 ids."));
  }
  return list.get<std::set<std::string>>();
}

}  // namespace

void make_snapshots(World& world, Image& image, const std::vector<std::string>& sources,
                    const emulator::Switches& switches) {
  std::vector<int> sizes = {image.size_gb};
  sizes.insert(sizes.end(), image.data_disks_gb.begin(), image.data_disks_gb.end());
  image.snapshot_ids.clear();
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    Snapshot snapshot = {.key = {.cloud = image.key.cloud,
                                 .region = image.key.region,
                                 .id = new_snapshot_id(image.key.region)},
                         .account = image.account,
                         .image_id = image.key.id,
                         .device = std::string("/dev/xvd") + static_cast<char>('a' + i),
                         .system_disk = i == 0,
                         .size_gb = sizes[i],
                         .encrypted = image.encrypted,
                         .kms_key_id = image.kms_key_id,
                         .source_region = image.source_region,
                         .created = world.now(),
                         .busy_deletes = switches.alicloud.snapshot_busy_deletes};
    if (i < sources.size()) snapshot.source_snapshot_id = sources[i];
    image.snapshot_ids.push_back(snapshot.key.id);
    world.data().snapshots[snapshot.key] = std::move(snapshot);
  }
}

Result<Json> describe_snapshots(Context& context) {
  const Call& call = context.call;
  const auto ids = read_ids(call);
  if (!ids) return std::unexpected(ids.error());
  const auto max_results = read_number(call, "MaxResults", 1, 100, 10);
  if (!max_results) return std::unexpected(max_results.error());
  const std::string status = call.get("Status");
  const std::string usage = call.get("Usage");
  const std::string after = call.get("NextToken");

  Json shown = Json::array();
  std::string next;
  for (const auto& [key, snapshot] : context.world.data().snapshots) {
    const bool here = key.cloud == Cloud::alicloud && key.region == context.region &&
                      snapshot.account == context.key.account;
    if (!here || key.id <= after || (!ids->empty() && !ids->contains(key.id))) continue;
    Json item = snapshot_json(snapshot, context.environment);
    if (!status.empty() && status != "all" && item["Status"] != status) continue;
    if (!usage.empty() && item["Usage"] != usage) continue;
    if (shown.size() == static_cast<std::size_t>(*max_results)) {
      next = shown.back()["SnapshotId"];
      break;
    }
    shown.push_back(std::move(item));
  }
  return Json{{"RegionId", context.region}, {"NextToken", next}, {"Snapshots", {{"Snapshot", shown}}}};
}

Result<Json> delete_snapshot(Context& context) {
  const std::string id = context.call.get("SnapshotId");
  if (id.empty()) return std::unexpected(missing("SnapshotId"));
  auto& snapshots = context.world.data().snapshots;
  // The call has no RegionId (alicloud/API.md 3.9). An endpoint without a region serves all regions.
  const auto found = std::ranges::find_if(snapshots, [&](const auto& entry) {
    const ImageKey& key = entry.first;
    return key.cloud == Cloud::alicloud && key.id == id &&
           (context.region.empty() || key.region == context.region);
  });
  if (found == snapshots.end() || found->second.account != context.key.account) {
    if (context.environment.switches.alicloud.ignore_unknown_deletes) return Json::object();
    return std::unexpected(api_error("InvalidSnapshotId.NotFound", "There is no snapshot " + id + "."));
  }
  Snapshot& snapshot = found->second;
  const bool used = context.world.data().images.contains(
      {.cloud = Cloud::alicloud, .region = snapshot.key.region, .id = snapshot.image_id});
  if (used || snapshot.busy_deletes > 0) {
    if (!used) --snapshot.busy_deletes;
    return std::unexpected(api_error("SnapshotCreatedImage", "An image uses the snapshot."));
  }
  snapshots.erase(found);
  return Json::object();
}

}  // namespace emulator::alicloud
