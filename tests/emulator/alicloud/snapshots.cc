#include <algorithm>
#include <set>

#include "tests/emulator/alicloud/actions.h"
#include "tests/emulator/alicloud/errors.h"
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
    if (context.environment.switches.alicloud_ignore_unknown_deletes) return Json::object();
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
