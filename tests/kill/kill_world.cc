#include "tests/kill/kill_world.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>

#include "src/cloud/vendors.h"
#include "src/core/text.h"

namespace kill_test {

using acceptance::Outcome;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

/// A source image with one copy to each destination.
struct Source {
  std::string cloud;
  std::string region;
  std::string id;
  std::string copy_duration;
  std::vector<std::string> destinations;
  std::string arguments;
};

const std::vector<Source>& sources() {
  static const std::vector<Source> kSources = {
      {.cloud = "huaweicloud",
       .region = "cn-north-4",
       .id = "465076de-dc36-4aec-80f5-ef9d8009428f",
       .copy_duration = "900ms",
       .destinations = {"cn-north-4", "cn-north-4"},
       .arguments = ""},
      {.cloud = "huaweicloud",
       .region = "cn-north-4",
       .id = "7ca7b5d8-3f0a-4f6d-9a36-3a1f0a5e2b11",
       .copy_duration = "400ms",
       .destinations = {"region-1", "cn-south-1"},
       .arguments = R"(huaweicloud = { agency_name = "ims_copy_image" })"},
      {.cloud = "alicloud",
       .region = "cn-hangzhou",
       .id = "m-bp1example000000001",
       .copy_duration = "700ms",
       .destinations = {"cn-shanghai", "cn-shanghai", "cn-beijing"},
       .arguments = R"(description = "copied")"},
      {.cloud = "baiducloud",
       .region = "bj",
       .id = "m-nky7qeom",
       .copy_duration = "500ms",
       .destinations = {"gz", "su"},
       .arguments = "adopt_existing = true"},
      {.cloud = "baiducloud",
       .region = "bj",
       .id = "m-second01",
       .copy_duration = "1200ms",
       .destinations = {"gz"},
       .arguments = ""},
  };
  return kSources;
}

json seed() {
  json images = json::array();
  for (const Source& source : sources()) {
    images.push_back({{"cloud", source.cloud},
                      {"region", source.region},
                      {"id", source.id},
                      {"name", "golden"},
                      {"size_gb", 40},
                      {"os_type", "linux"},
                      {"copy_duration", source.copy_duration}});
  }
  return {{"images", images}, {"agencies", {"ims_copy_image"}}};
}

/// Matches the import command in an error about a copy on a cloud that does not identify copies. Its group is
/// the import ID.
std::regex import_command() {
  std::vector<std::string> clouds;
  for (const cloud::Vendor* vendor : cloud::vendors()) {
    if (!vendor->traits.identifies_copies()) clouds.emplace_back(vendor->name);
  }
  return std::regex("terraform import ADDRESS ((?:" + core::join(clouds, "|") + R"()/\S+))");
}

bool is_source(const json& image_id) {
  for (const Source& source : sources()) {
    if (image_id == source.id) return true;
  }
  return false;
}

std::vector<json> ids_of(const std::vector<json>& images, const ConfiguredCopy& configured) {
  std::vector<json> ids;
  for (const json& image : images) {
    const bool matches = image.at("cloud") == configured.cloud && image.at("region") == configured.region &&
                         image.at("name") == configured.name;
    if (matches) ids.push_back(image.at("id"));
  }
  return ids;
}

}  // namespace

Damage& Damage::operator+=(const Damage& more) {
  lost += more.lost;
  orphans += more.orphans;
  duplicates += more.duplicates;
  tainted += more.tainted;
  changes += more.changes;
  return *this;
}

std::string Damage::to_string() const {
  return std::to_string(orphans) + " orphans, " + std::to_string(duplicates) + " duplicates, " +
         std::to_string(lost) + " lost, " + std::to_string(tainted) + " tainted, " + std::to_string(changes) +
         " not as configured";
}

KillWorld::KillWorld() : workspace_(seed()) {
  configure(1);
  workspace_.must({"init"});
}

void KillWorld::configure(int generation) {
  configured_.clear();
  std::string blocks;
  for (const Source& source : sources()) {
    for (const std::string& destination : source.destinations) {
      const std::string label = "copy_" + std::to_string(configured_.size());
      const std::string name =
          "golden-" + std::to_string(configured_.size()) + "-" + std::to_string(generation);
      blocks += R"(resource "image_copy" ")" + label + "\" {\n  cloud = \"" + source.cloud +
                "\"\n  source_image_id = \"" + source.id + "\"\n  source_region = \"" + source.region +
                "\"\n  destination_region = \"" + destination + "\"\n  name = \"" + name +
                "\"\n  tags = { generation = \"" + std::to_string(generation) + "\" }\n  " +
                source.arguments + "\n}\n";
      configured_.push_back(
          {.address = "image_copy." + label, .cloud = source.cloud, .region = destination, .name = name});
    }
  }
  workspace_.configure(blocks);
}

bool KillWorld::restore_torn_state() {
  const fs::path state = workspace_.folder().path() + "/terraform.tfstate";
  const fs::path backup = workspace_.folder().path() + "/terraform.tfstate.backup";
  const std::string written = harness::read_file(state);
  const bool has_backup = json::accept(harness::read_file(backup));
  // Before Terraform's first write, there is an empty file and no backup.
  if (json::accept(written) || (written.empty() && !has_backup)) return false;
  fs::remove(state);
  if (has_backup) fs::copy_file(backup, state);
  return true;
}

json KillWorld::copies() {
  json found = json::array();
  const json all = workspace_.emulator().all_images();
  for (const json& image : all) {
    if (!is_source(image.at("id"))) found.push_back(image);
  }
  return found;
}

json KillWorld::snapshots() {
  json found = json::array();
  const json all = workspace_.emulator().all_snapshots();
  for (const json& snapshot : all) {
    if (!is_source(snapshot.at("image_id"))) found.push_back(snapshot);
  }
  return found;
}

Damage KillWorld::compare() {
  Damage damage;
  const auto note = [&](int& count, std::string what) {
    ++count;
    damage.details.push_back(std::move(what));
  };
  std::map<std::string, json> image_ids;  // by address
  const json resources = workspace_.resources();
  for (const json& resource : resources) {
    const std::string address = resource.at("address");
    if (resource.value("tainted", false)) note(damage.tainted, address + " is tainted");
    image_ids[address] = resource.at("values").at("image_id");
  }
  const json all = copies();
  std::vector<json> found(all.begin(), all.end());
  for (const ConfiguredCopy& configured : configured_) {
    const std::vector<json> ids = ids_of(found, configured);
    if (ids.empty()) note(damage.lost, configured.address + " does not exist");
    if (ids.size() > 1) note(damage.duplicates, configured.address + " exists more than once");
    if (!ids.empty() && std::ranges::find(ids, image_ids[configured.address]) == ids.end()) {
      note(damage.orphans, configured.address + " is not in the state");
    }
    std::erase_if(found, [&](const json& image) { return std::ranges::count(ids, image.at("id")) > 0; });
  }
  for (const json& image : found) note(damage.orphans, "not in the configuration: " + image.dump());
  const json all_snapshots = snapshots();
  for (const json& snapshot : all_snapshots) {
    const bool is_used = std::ranges::any_of(
        all, [&](const json& image) { return image.at("id") == snapshot.at("image_id"); });
    if (!is_used) note(damage.orphans, "no image uses " + snapshot.dump());
  }
  const Outcome plan = workspace_.run({"plan", "-detailed-exitcode"});
  if (plan.exit_code != 0) note(damage.changes, plan.text);
  return damage;
}

Damage KillWorld::compare_destroyed() {
  Damage damage;
  const auto note = [&](const json& left) {
    for (const json& item : left) {
      ++damage.orphans;
      damage.details.push_back("left: " + item.dump());
    }
  };
  note(copies());
  note(snapshots());
  note(workspace_.resources());
  return damage;
}

std::vector<std::vector<std::string>> KillWorld::suggested_imports(const Outcome& outcome) {
  // Each error has its own frame, and the command is on its own line.
  static const std::regex kAddress(R"(with (image_copy\.copy_\d+),)");
  static const std::regex kCommand = import_command();
  std::vector<std::vector<std::string>> commands;
  const std::string& text = outcome.text;
  for (std::size_t begin = text.find("Error: "); begin != std::string::npos;) {
    const std::size_t next = text.find("Error: ", begin + 1);
    const std::string error = text.substr(begin, next == std::string::npos ? next : next - begin);
    std::smatch address;
    std::smatch command;
    if (!error.starts_with("Error: Name Taken") || !std::regex_search(error, address, kAddress) ||
        !std::regex_search(error, command, kCommand)) {
      return {};
    }
    commands.push_back({"import", address[1], command[1]});
    begin = next;
  }
  return commands;
}

}  // namespace kill_test
