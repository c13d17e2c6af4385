#include "tests/emulator/world.h"

#include <algorithm>
#include <utility>

#include "src/core/text.h"
#include "tests/emulator/ids.h"
#include "tests/emulator/profile.h"

namespace emulator {
namespace {

bool matches(std::string_view pattern, std::string_view action) {
  if (pattern.ends_with('*')) return action.starts_with(pattern.substr(0, pattern.size() - 1));
  return pattern == action;
}

bool matches_any(const std::vector<std::string>& patterns, std::string_view action) {
  return std::ranges::any_of(patterns, [&](const std::string& pattern) { return matches(pattern, action); });
}

bool may_see(const Image& image, std::string_view account) {
  switch (image.kind) {
    case ImageKind::system:
    case ImageKind::shared:
    case ImageKind::market: return true;
    case ImageKind::custom:
    case ImageKind::iso:
    case ImageKind::whole:
    case ImageKind::package: return image.account == account;
  }
  return false;
}

/// Returns the limit that the copy counts in; nullopt if there is none.
std::optional<RunningLimit> limit_of(const Copy& copy, const Switches& switches) {
  const Profile& profile = profile_of(copy.target.cloud);
  return profile.limit_of == nullptr ? std::nullopt : profile.limit_of(copy, switches);
}

}  // namespace

bool AccessKey::may(std::string_view action) const {
  return matches_any(allowed, action) && !matches_any(denied, action);
}

WorldData new_world() {
  WorldData data;
  for (const Cloud cloud : kClouds) {
    const auto regions = profile_of(cloud).regions;
    data.regions[cloud] = {regions.begin(), regions.end()};
  }
  const AccessKey permanent = {.access_key = "EMULATORACCESSKEY01", .secret_key = "emulator-secret-key-01"};
  const AccessKey temporary = {.access_key = "EMULATORTEMPKEY0001",
                               .secret_key = "emulator-temp-secret-01",
                               .security_token = "emulator-session-token-01"};
  data.access_keys = {{permanent.access_key, permanent}, {temporary.access_key, temporary}};
  data.users = {{.name = "emulator-user", .password = "emulator-password-01"}};
  return data;
}

World::World(WorldData data, const Switches& switches) : switches_(switches), data_(std::move(data)) {
  for (auto& [id, copy] : data_.copies) {
    if (copy.active()) active_.push_back(&copy);
  }
  std::ranges::sort(active_, {}, &Copy::number);
}

Copy* World::next_to_end(UtcTime now) {
  Copy* next = nullptr;
  for (Copy* copy : active_) {
    const auto end = copy->end();
    if (end && *end <= now && (next == nullptr || *end < *next->end())) next = copy;
  }
  return next;
}

void World::start_waiting(UtcTime at) {
  // Every request gets here, and counting is expensive with many copies.
  if (std::ranges::find(active_, CopyPhase::waiting, &Copy::state) == active_.end()) return;
  std::map<std::string, int> running;
  for (const Copy* copy : active_) {
    if (copy->state != CopyPhase::running) continue;
    if (const auto limit = limit_of(*copy, switches_)) ++running[limit->group];
  }
  for (Copy* copy : active_) {
    if (copy->state != CopyPhase::waiting) continue;
    if (const auto limit = limit_of(*copy, switches_)) {
      if (running[limit->group] >= limit->max_running) continue;
      ++running[limit->group];
    }
    copy->state = CopyPhase::running;
    copy->started = at;
    const auto image = data_.images.find(copy->target);
    if (image != data_.images.end()) image->second.state = ImageState::copying;
  }
}

void World::advance_to(UtcTime now) {
  while (Copy* copy = next_to_end(now)) {
    const UtcTime end = *copy->end();
    end_copy(*copy, end, copy->plan.outcome != Outcome::fail);
    start_waiting(end);
  }
  now_ = now;
  start_waiting(now);
}

void World::end_copy(Copy& copy, UtcTime at, bool succeeded) {
  copy.state = succeeded ? CopyPhase::succeeded : CopyPhase::failed;
  copy.ended = at;
  std::erase(active_, &copy);
  const auto found = data_.images.find(copy.target);
  if (found == data_.images.end()) return;
  Image& image = found->second;
  image.state = succeeded ? ImageState::available : ImageState::failed;
  image.updated = at;
  const auto keeps_failed_image = profile_of(copy.target.cloud).keeps_failed_image;
  const bool vanishes = keeps_failed_image != nullptr && !keeps_failed_image(switches_);
  if (!succeeded && vanishes) data_.images.erase(found);
}

bool World::knows_region(Cloud cloud, std::string_view region) const {
  return data_.regions.at(cloud).contains(std::string(region));
}

const KmsKey* World::find_kms_key(Cloud cloud, std::string_view region, std::string_view id) const {
  const auto found = std::ranges::find_if(data_.kms_keys, [&](const KmsKey& key) {
    return key.cloud == cloud && key.region == region && key.id == id;
  });
  return found == data_.kms_keys.end() ? nullptr : &*found;
}

std::vector<const Image*> World::list_images(Cloud cloud, std::string_view region, std::string_view account,
                                             const std::function<bool(const Image&)>& wanted) {
  const auto concerns = [&](const Image& image) {
    return image.key.cloud == cloud && image.key.region == region && may_see(image, account) && wanted(image);
  };
  std::vector<const Image*> shown;
  for (auto entry = data_.images.lower_bound({.cloud = cloud, .region = std::string(region)});
       entry != data_.images.end() && entry->first.cloud == cloud && entry->first.region == region; ++entry) {
    Image& image = entry->second;
    if (!concerns(image) || image.visible_from > now_) continue;
    if (image.hidden_reads > 0) {
      --image.hidden_reads;
      continue;
    }
    shown.push_back(&image);
  }
  for (Lingering& gone : lingering_) {
    if (gone.reads <= 0 || !concerns(gone.image)) continue;
    --gone.reads;
    shown.push_back(&gone.image);
  }
  std::ranges::sort(shown, [](const Image* a, const Image* b) {
    return a->created != b->created ? a->created > b->created : a->key < b->key;
  });
  return shown;
}

Image* World::find(Cloud cloud, const std::string& region, const std::string& id, std::string_view account) {
  const auto found = data_.images.find({.cloud = cloud, .region = region, .id = id});
  if (found == data_.images.end()) return nullptr;
  Image& image = found->second;
  if (!may_see(image, account) || image.visible_from > now_) return nullptr;
  if (image.hidden_reads > 0) {
    --image.hidden_reads;
    return nullptr;
  }
  return &image;
}

int World::count_images(Cloud cloud, std::string_view region, std::string_view account) const {
  return static_cast<int>(std::ranges::count_if(data_.images, [&](const auto& entry) {
    const Image& image = entry.second;
    const bool counts =
        image.kind == ImageKind::custom || image.kind == ImageKind::whole || image.kind == ImageKind::package;
    return image.key.cloud == cloud && image.key.region == region && image.account == account && counts;
  }));
}

const Copy* World::copy_of(const Image& image) const {
  const auto found = data_.copies.find(image.copy_id);
  return found == data_.copies.end() ? nullptr : &found->second;
}

int World::count_active_copies(const std::function<bool(const Copy&)>& wanted) const {
  return static_cast<int>(std::ranges::count_if(active_, [&](const Copy* copy) { return wanted(*copy); }));
}

Copy& World::start_copy(const Image& source, Image target) {
  Copy copy = {.id = new_hex_id(),
               .number = data_.copies_made++,
               .account = target.account,
               .source = source.key,
               .target = target.key,
               .name = target.name,
               .plan = source.plan,
               .duration = source.plan.duration.value_or(data_.copy_duration),
               .submitted = now_};
  target.state = ImageState::waiting;
  target.created = now_;
  target.updated = now_;
  target.copy_id = copy.id;
  target.hidden_reads = switches_.hidden_reads;
  target.visible_from = now_;
  data_.images[target.key] = std::move(target);
  Copy& kept = data_.copies[copy.id] = std::move(copy);
  active_.push_back(&kept);
  start_waiting(now_);
  return kept;
}

const AccessKey& World::issue_key(const std::string& prefix, const std::string& account, UtcTime expires) {
  AccessKey key = {.access_key = prefix + core::to_upper(random_text(20)),
                   .secret_key = random_text(40),
                   .security_token = random_text(120),
                   .account = account,
                   .expires = expires};
  return data_.access_keys[key.access_key] = std::move(key);
}

void World::finish(Copy& copy, bool succeeded) {
  end_copy(copy, now_, succeeded);
  start_waiting(now_);
}

void World::cancel(Copy& copy, bool keep_snapshots) {
  copy.state = CopyPhase::cancelled;
  copy.ended = now_;
  std::erase(active_, &copy);
  if (!keep_snapshots) {
    std::erase_if(data_.snapshots, [&](const auto& entry) {
      return entry.first.cloud == copy.target.cloud && entry.first.region == copy.target.region &&
             entry.second.image_id == copy.target.id;
    });
  }
  erase_image(copy.target);
  start_waiting(now_);
}

void World::remove_image(const ImageKey& key) {
  const auto found = data_.images.find(key);
  if (found == data_.images.end()) return;
  const auto copy = data_.copies.find(found->second.copy_id);
  erase_image(key);
  if (copy != data_.copies.end() && copy->second.active()) finish(copy->second, false);
}

void World::erase_image(const ImageKey& key) {
  const auto found = data_.images.find(key);
  if (found == data_.images.end()) return;
  std::erase_if(lingering_, [](const Lingering& gone) { return gone.reads <= 0; });
  if (switches_.lingering_reads > 0) lingering_.push_back({found->second, switches_.lingering_reads});
  data_.images.erase(found);
}

Image copy_from(const Image& source, const std::string& region, std::string name) {
  Image image;
  image.key = {
      .cloud = source.key.cloud, .region = region, .id = profile_of(source.key.cloud).new_image_id(region)};
  image.name = std::move(name);
  image.size_gb = source.size_gb;
  image.data_disks_gb = source.data_disks_gb;
  image.os_type = source.os_type;
  image.os_name = source.os_name;
  image.architecture = source.architecture;
  image.copied = true;
  image.source_region = source.key.region;
  image.source_image_id = source.key.id;
  return image;
}

}  // namespace emulator
