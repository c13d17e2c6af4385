#include "tests/emulator/seed.h"

#include <optional>
#include <vector>

#include "src/core/time_text.h"
#include "tests/emulator/json_reader.h"
#include "tests/emulator/profile.h"

namespace emulator {
namespace {

using nlohmann::json;

struct SeedImage {
  Image image;
  std::string project;
};

struct SeedRegion {
  Cloud cloud{};
  std::string region;
};

struct SeedAccount {
  AccessKey key;
  std::optional<User> user;
};

/// A parsed seed that has not been applied yet.
struct Seed {
  std::vector<SeedRegion> regions;
  std::vector<SeedAccount> accounts;
  std::vector<SeedImage> images;
  std::vector<KmsKey> kms_keys;
  std::vector<Vault> vaults;
  std::vector<Project> projects;
  std::vector<std::string> agencies;
  std::vector<std::string> roles;
  std::vector<std::string> enterprise_projects;
  std::vector<std::string> resource_groups;
  Switches switches;
};

void read_time(JsonReader& reader, std::string_view key, UtcTime& target) {
  std::optional<std::string> text;
  reader.read(key, text);
  if (!text) return;
  const auto time = core::parse_utc(*text, "%Y-%m-%dT%H:%M:%SZ");
  if (!time) return reader.fail(key, "must be a time such as 2026-03-14T09:26:53Z");
  target = *time;
}

void read_item(JsonReader& reader, SeedImage& item) {
  Image& image = item.image;
  for (const char* key : {"cloud", "region", "id"}) reader.require(key);
  reader.read_named("cloud", image.key.cloud, parse_cloud);
  reader.read("region", image.key.region);
  reader.read("id", image.key.id);
  image.name = image.key.id;
  reader.read("name", image.name);
  reader.read("description", image.description);
  reader.read("size_gb", image.size_gb);
  reader.read("data_disks_gb", image.data_disks_gb);
  reader.read("os_type", image.os_type);
  reader.read("os_name", image.os_name);
  reader.read("architecture", image.architecture);
  reader.read_named("status", image.state, parse_image_state);
  reader.read_named("kind", image.kind, parse_image_kind);
  reader.read("encrypted", image.encrypted);
  reader.read("kms_key_id", image.kms_key_id);
  reader.read("tags", image.tags);
  reader.read("resource_group_id", image.resource_group_id);
  reader.read("account", image.account);
  reader.read("project", item.project);
  reader.read("protected", image.is_protected);
  reader.read("in_use", image.in_use);
  reader.read("shared_to_others", image.shared_to_others);
  read_time(reader, "created_at", image.created);
  reader.read("copy_duration", image.plan.duration);
  reader.read_named("outcome", image.plan.outcome, parse_outcome);
  reader.read("fail_at_percent", image.plan.fail_at_percent);
  reader.read("fail_code", image.plan.fail_code);
  reader.read("fail_reason", image.plan.fail_reason);
  if (image.plan.fail_at_percent > 100) reader.fail("fail_at_percent", "must be at most 100");
  if (image.plan.duration && *image.plan.duration <= Duration::zero()) {
    reader.fail("copy_duration", "must be more than zero");
  }
}

void read_item(JsonReader& reader, KmsKey& key) {
  for (const char* name : {"cloud", "region", "id"}) reader.require(name);
  reader.read_named("cloud", key.cloud, parse_cloud);
  reader.read("region", key.region);
  reader.read("id", key.id);
  reader.read("state", key.state);
  if (key.state != "enabled" && key.state != "disabled" && key.state != "forbidden") {
    reader.fail("state", "must be enabled, disabled or forbidden");
  }
}

void read_item(JsonReader& reader, Vault& vault) {
  for (const char* name : {"region", "id"}) reader.require(name);
  reader.read("region", vault.region);
  reader.read("id", vault.id);
  reader.read("kind", vault.kind);
}

void read_item(JsonReader& reader, Project& project) {
  for (const char* name : {"region", "name"}) reader.require(name);
  reader.read("region", project.region);
  reader.read("name", project.name);
}

void read_item(JsonReader& reader, SeedRegion& region) {
  for (const char* name : {"cloud", "region"}) reader.require(name);
  reader.read_named("cloud", region.cloud, parse_cloud);
  reader.read("region", region.region);
}

/// The `permissions` of an account.
struct Permissions {
  std::vector<std::string> allow = {"*"};
  std::vector<std::string> deny;
};

void read_item(JsonReader& reader, Permissions& permissions) {
  reader.read("allow", permissions.allow);
  reader.read("deny", permissions.deny);
}

template <typename Item>
std::expected<Item, std::string> read_object(const json& value, const std::string& where) {
  Item item;
  JsonReader reader(value, where);
  read_item(reader, item);
  if (auto done = reader.done(); !done) return std::unexpected(done.error());
  return item;
}

template <typename Item>
std::expected<std::vector<Item>, std::string> read_list(const json& seed, const std::string& name) {
  std::vector<Item> items;
  if (!seed.contains(name)) return items;
  if (!seed[name].is_array()) return std::unexpected("\"" + name + "\" must be a list");
  for (const json& value : seed[name]) {
    auto item = read_object<Item>(value, name + "[" + std::to_string(items.size()) + "]");
    if (!item) return std::unexpected(item.error());
    items.push_back(std::move(*item));
  }
  return items;
}

void read_item(JsonReader& reader, SeedAccount& account) {
  std::string user;
  std::string password;
  for (const char* name : {"access_key", "secret_key"}) reader.require(name);
  reader.read("access_key", account.key.access_key);
  account.key.account = account.key.access_key;
  reader.read("secret_key", account.key.secret_key);
  reader.read("security_token", account.key.security_token);
  reader.read("account", account.key.account);
  reader.read("enabled", account.key.enabled);
  reader.read("user", user);
  reader.read("password", password);
  UtcTime expires;
  read_time(reader, "expires_at", expires);
  if (expires != UtcTime()) account.key.expires = expires;
  if (!user.empty()) account.user = {.name = user, .password = password, .account = account.key.account};
  if (const json* value = reader.find("permissions")) {
    const auto permissions = read_object<Permissions>(*value, "permissions");
    if (!permissions) return reader.fail("permissions", "is wrong: " + permissions.error());
    account.key.allowed = permissions->allow;
    account.key.denied = permissions->deny;
  }
}

/// Collects results and keeps the first error.
class Collector {
 public:
  template <typename Value>
  void take(Value& target, std::expected<Value, std::string> result) {
    if (!result) return fail(result.error());
    target = std::move(*result);
  }
  void fail(std::string error) {
    if (error_.empty()) error_ = std::move(error);
  }
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  std::string error_;
};

std::expected<Seed, std::string> read_seed(const json& value, const Switches& switches) {
  Seed seed{.switches = switches};
  JsonReader reader(value, "seed");
  for (const char* list : {"images", "kms_keys", "vaults", "projects", "regions", "accounts"}) {
    reader.find(list);
  }
  reader.read("agencies", seed.agencies);
  reader.read("roles", seed.roles);
  reader.read("enterprise_projects", seed.enterprise_projects);
  reader.read("resource_groups", seed.resource_groups);
  const json* chosen = reader.find("switches");
  if (chosen != nullptr && !chosen->is_object()) reader.fail("switches", "must be an object");
  if (auto done = reader.done(); !done) return std::unexpected(done.error());

  Collector results;
  results.take(seed.regions, read_list<SeedRegion>(value, "regions"));
  results.take(seed.accounts, read_list<SeedAccount>(value, "accounts"));
  results.take(seed.images, read_list<SeedImage>(value, "images"));
  results.take(seed.kms_keys, read_list<KmsKey>(value, "kms_keys"));
  results.take(seed.vaults, read_list<Vault>(value, "vaults"));
  results.take(seed.projects, read_list<Project>(value, "projects"));
  const json none = json::object();
  for (const auto& [name, setting] : (chosen == nullptr ? none : *chosen).items()) {
    if (auto set = set_switch(seed.switches, name, setting); !set) results.fail(set.error());
  }
  if (!results.error().empty()) return std::unexpected(results.error());
  return seed;
}

/// Rejects images in regions that neither the world nor the seed has, to detect misspelled names.
std::expected<void, std::string> check_regions(const Seed& seed, const World& world) {
  const auto known = [&](Cloud cloud, const std::string& name) {
    for (const SeedRegion& region : seed.regions) {
      if (region.cloud == cloud && region.region == name) return true;
    }
    return world.knows_region(cloud, name);
  };
  for (const SeedImage& item : seed.images) {
    const ImageKey& key = item.image.key;
    if (!known(key.cloud, key.region)) {
      return std::unexpected("image " + key.id + " is in the unknown region \"" + key.region + "\" of " +
                             std::string(name_of(key.cloud)) +
                             "; if the name is correct, add it to \"regions\"");
    }
  }
  return {};
}

void add_image(World& world, const SeedImage& item, const Switches& switches) {
  Image image = item.image;
  const bool is_of_another_account =
      image.kind == ImageKind::system || image.kind == ImageKind::market || image.kind == ImageKind::shared;
  if (image.account.empty()) image.account = is_of_another_account ? "another-account" : "emulator";
  if (image.created == UtcTime()) image.created = world.now();
  image.updated = image.created;
  const auto complete = profile_of(image.key.cloud).complete_seeded;
  if (complete != nullptr) complete(image, item.project, world, switches);
  world.data().images[image.key] = std::move(image);
}

}  // namespace

std::expected<void, std::string> apply_seed(const json& value, World& world, Switches& switches) {
  const auto seed = read_seed(value, switches);
  if (!seed) return std::unexpected(seed.error());
  if (auto known = check_regions(*seed, world); !known) return known;
  WorldData& data = world.data();
  for (const SeedRegion& region : seed->regions) data.regions[region.cloud].insert(region.region);
  for (const SeedAccount& account : seed->accounts) {
    data.access_keys[account.key.access_key] = account.key;
    if (account.user) data.users.push_back(*account.user);
  }
  data.kms_keys.insert(data.kms_keys.begin(), seed->kms_keys.begin(), seed->kms_keys.end());
  data.vaults.insert(data.vaults.begin(), seed->vaults.begin(), seed->vaults.end());
  data.projects.insert(data.projects.end(), seed->projects.begin(), seed->projects.end());
  data.agencies.insert(seed->agencies.begin(), seed->agencies.end());
  data.roles.insert(seed->roles.begin(), seed->roles.end());
  data.enterprise_projects.insert(seed->enterprise_projects.begin(), seed->enterprise_projects.end());
  data.resource_groups.insert(seed->resource_groups.begin(), seed->resource_groups.end());
  for (const SeedImage& item : seed->images) add_image(world, item, seed->switches);
  switches = seed->switches;
  return {};
}

}  // namespace emulator
