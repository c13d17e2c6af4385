#include "tests/cloud/toy_client.h"

#include <algorithm>
#include <array>

#include "src/core/time_text.h"

namespace toy {
namespace {

using cloud::CopyState;
using cloud::Error;
using cloud::ErrorKind;
using cloud::Result;
using namespace std::chrono_literals;

constexpr std::chrono::seconds kCopyTime = 100s;
constexpr std::chrono::seconds kQueueTime = 5s;
constexpr std::chrono::seconds kReleaseTime = 5s;
constexpr std::ptrdiff_t kMaxRunning = 5;
constexpr std::int64_t kMaxImages = 10;
constexpr std::array kRegions = {"east", "west"};
constexpr const char* kOwnProject = "main";
constexpr std::array kProjects = {kOwnProject, "lab"};

std::unexpected<Error> refused(ErrorKind kind, std::string code, std::string image_id) {
  return std::unexpected(Error{.kind = kind,
                               .code = std::move(code),
                               .message = "The toy refused.",
                               .request_id = "none",
                               .action = "toy",
                               .image_id = std::move(image_id)});
}

std::unexpected<Error> no_image(const std::string& image_id) {
  return refused(ErrorKind::not_found, "NoImage", image_id);
}

bool is_running(CopyState state) {
  return state == CopyState::queued || state == CopyState::copying;
}

}  // namespace

Client::Client(const cloud::Vendor& vendor, core::Clock& clock)
    : vendor_(vendor), is_bare_(&vendor == &bare_vendor()), clock_(clock) {
  for (const char* region : kRegions) {
    for (const char* project : kProjects) stores_[{region, project}];
  }
  for (const char* id : {"i-golden", "i-broken"}) {
    stores_[{"east", kOwnProject}].images[id] = {
        .image = {.id = id, .name = id, .size_gb = 40, .created_at = core::format_rfc3339(clock.utc())},
        .tags = {},
        .copied_since = std::nullopt,
        .fails = std::string_view(id) == "i-broken"};
  }
}

cloud::CopyStatus Client::status_of(const StoredImage& stored) const {
  cloud::CopyStatus status{.state = CopyState::available, .image_id = stored.image.id, .image = stored.image};
  if (!stored.copied_since) return status;
  const auto age = clock_.now() - *stored.copied_since;
  if (stored.fails && age >= kCopyTime / 2) {
    status.state = CopyState::failed;
    status.status_reason = "The toy broke.";
  } else if (age < kCopyTime) {
    status.state = age < kQueueTime ? CopyState::queued : CopyState::copying;
    status.progress_percent = static_cast<int>(100 * age / kCopyTime);
  }
  return status;
}

Client::Store* Client::find_store(const std::string& region, const std::string& project_name) {
  const auto found = stores_.find({region, project_name.empty() ? kOwnProject : project_name});
  return found == stores_.end() ? nullptr : &found->second;
}

Client::StoredImage* Client::find_image(const std::string& region, const std::string& project_name,
                                        const std::string& image_id) {
  Store* store = find_store(region, project_name);
  if (store == nullptr) return nullptr;
  const auto found = store->images.find(image_id);
  return found == store->images.end() ? nullptr : &found->second;
}

Client::StoredImage* Client::find_image(const cloud::CopyReference& copy) {
  return find_image(copy.destination_region, copy.project_name, copy.image_id);
}

bool Client::is_full() const {
  std::ptrdiff_t running = 0;
  for (const auto& [key, store] : stores_) {
    running += std::ranges::count_if(
        store.images, [&](const auto& entry) { return is_running(status_of(entry.second).state); });
  }
  return running >= kMaxRunning;
}

Result<cloud::CopyReference> Client::start_copy(const cloud::CopyRequest& request,
                                                const core::Context& /*context*/) {
  const cloud::CopySpec& spec = request.spec;
  const std::string& source_id = spec.source_image_id.value();
  const std::scoped_lock lock(mutex_);
  const StoredImage* source = find_image(spec.source_region.value(), "", source_id);
  if (source == nullptr) return no_image(source_id);
  Store* destination = find_store(spec.destination_region.value(), spec.project_name.value());
  if (destination == nullptr) return refused(ErrorKind::invalid, "NoRegion", source_id);
  if (is_full()) return refused(ErrorKind::concurrency_limit, "TooMany", source_id);
  const std::string number = std::to_string(++last_number_);
  StoredImage copy{.image = {.id = "i-" + number,
                             .name = spec.name.value(),
                             .size_gb = source->image.size_gb,
                             .created_at = core::format_rfc3339(clock_.utc())},
                   .tags = {},
                   .copied_since = clock_.now(),
                   .fails = source->fails};
  if (!is_bare_) {
    copy.image.description = spec.description.value();
    copy.image.snapshot_ids = {"s-" + number};
    copy.image.origin = cloud::Origin{spec.source_region.value(), source_id};
    copy.image.source_region = spec.source_region.value();
    copy.tags = spec.tags;
    destination->snapshots["s-" + number] = std::nullopt;
  }
  destination->images["i-" + number] = std::move(copy);
  return cloud::CopyReference{.source_region = spec.source_region.value(),
                              .source_image_id = source_id,
                              .destination_region = spec.destination_region.value(),
                              .project_name = spec.project_name.value(),
                              .name = spec.name.value(),
                              .image_id = "i-" + number,
                              .last_state = CopyState::queued};
}

Result<cloud::CopyStatus> Client::describe_copy(const cloud::CopyReference& copy,
                                                const core::Context& /*context*/) {
  const std::scoped_lock lock(mutex_);
  const StoredImage* stored = find_image(copy);
  return stored == nullptr ? cloud::CopyStatus{.state = CopyState::absent} : status_of(*stored);
}

std::vector<Result<cloud::CopyStatus>> Client::describe_copies(
    const std::vector<cloud::CopyReference>& copies, const core::Context& context) {
  const cloud::CopyReference& any = copies.front();
  const auto listed =
      list_images({.region = any.destination_region, .project_name = any.project_name}, context);
  if (!listed) return {copies.size(), std::unexpected(listed.error())};
  return match_or_describe(*listed, copies, context);
}

Result<std::vector<cloud::CopyStatus>> Client::list_images(const cloud::ImageQuery& query,
                                                           const core::Context& /*context*/) {
  const std::scoped_lock lock(mutex_);
  const Store* store = find_store(query.region, query.project_name);
  if (store == nullptr) return refused(ErrorKind::invalid, "NoRegion", "");
  std::vector<cloud::CopyStatus> found;
  for (const auto& [id, stored] : store->images) {
    if (query.name.empty() || stored.image.name == query.name) found.push_back(status_of(stored));
  }
  return found;
}

Result<void> Client::cancel_copy(const cloud::CopyReference& copy, const core::Context& /*context*/) {
  const std::scoped_lock lock(mutex_);
  const StoredImage* stored = find_image(copy);
  if (stored == nullptr) return no_image(copy.image_id);
  if (!is_running(status_of(*stored).state)) return refused(ErrorKind::not_copying, "NoCopy", copy.image_id);
  Store& store = *find_store(copy.destination_region, copy.project_name);
  for (const std::string& id : stored->image.snapshot_ids) store.snapshots.erase(id);
  store.images.erase(copy.image_id);
  return {};
}

Result<void> Client::delete_image(const cloud::CopyReference& copy, const cloud::DeleteOptions& /*options*/,
                                  const core::Context& /*context*/) {
  const std::scoped_lock lock(mutex_);
  const StoredImage* stored = find_image(copy);
  if (stored == nullptr) return no_image(copy.image_id);
  if (is_running(status_of(*stored).state)) {
    return refused(ErrorKind::still_copying, "Copying", copy.image_id);
  }
  Store& store = *find_store(copy.destination_region, copy.project_name);
  for (const std::string& id : stored->image.snapshot_ids) store.snapshots[id] = clock_.now() + kReleaseTime;
  store.images.erase(copy.image_id);
  return {};
}

Result<void> Client::update_image(const cloud::CopyReference& copy, const cloud::ImageChanges& changes,
                                  const core::Context& /*context*/) {
  const std::scoped_lock lock(mutex_);
  StoredImage* stored = find_image(copy);
  if (stored == nullptr) return no_image(copy.image_id);
  if (changes.name) stored->image.name = *changes.name;
  if (changes.description) stored->image.description = *changes.description;
  return {};
}

Result<cloud::SourceImage> Client::find_source(const std::string& region, const std::string& image_id,
                                               const core::Context& /*context*/) {
  const std::scoped_lock lock(mutex_);
  const StoredImage* stored = find_image(region, "", image_id);
  if (stored == nullptr) return cloud::SourceImage{.state = CopyState::absent};
  return cloud::SourceImage{.state = status_of(*stored).state, .image = stored->image};
}

Result<std::vector<std::string>> Client::list_regions(const std::string& /*endpoint_region*/,
                                                      const core::Context& /*context*/) {
  return std::vector<std::string>(kRegions.begin(), kRegions.end());
}

std::string Client::default_project(const std::string& /*region*/) const {
  return kOwnProject;
}

std::string Client::effective_resource_group(const cloud::CopySpec& spec) const {
  return spec.resource_group_id.value();
}

std::string Client::unreachable_reason(const std::string& /*source*/,
                                       const std::string& /*destination*/) const {
  return "";
}

Result<cloud::ImageQuota> Client::read_quota(const std::string& region, const std::string& project_name,
                                             const core::Context& /*context*/) {
  const std::scoped_lock lock(mutex_);
  const Store* store = find_store(region, project_name);
  if (store == nullptr) return refused(ErrorKind::invalid, "NoRegion", "");
  return cloud::ImageQuota{.used = static_cast<std::int64_t>(store->images.size()), .limit = kMaxImages};
}

Result<std::vector<std::string>> Client::existing_snapshots(const cloud::CopyReference& copy,
                                                            const std::vector<std::string>& ids,
                                                            const core::Context& /*context*/) {
  const std::scoped_lock lock(mutex_);
  const Store* store = find_store(copy.destination_region, copy.project_name);
  if (store == nullptr) return refused(ErrorKind::invalid, "NoRegion", "");
  std::vector<std::string> existing;
  std::ranges::copy_if(ids, std::back_inserter(existing),
                       [&](const std::string& id) { return store->snapshots.contains(id); });
  return existing;
}

Result<void> Client::delete_snapshot(const cloud::CopyReference& copy, const std::string& snapshot_id,
                                     const core::Context& /*context*/) {
  const std::scoped_lock lock(mutex_);
  Store* store = find_store(copy.destination_region, copy.project_name);
  if (store == nullptr || !store->snapshots.contains(snapshot_id)) {
    return refused(ErrorKind::not_found, "NoSnapshot", copy.image_id);
  }
  const std::optional<core::Instant> released_at = store->snapshots.at(snapshot_id);
  if (!released_at) return refused(ErrorKind::in_use, "SnapshotUsed", copy.image_id);
  if (clock_.now() < *released_at) return refused(ErrorKind::busy, "SnapshotBusy", copy.image_id);
  store->snapshots.erase(snapshot_id);
  return {};
}

Result<cloud::Tags> Client::read_tags(const cloud::CopyReference& copy, const core::Context& /*context*/) {
  const std::scoped_lock lock(mutex_);
  const StoredImage* stored = find_image(copy);
  if (stored == nullptr) return no_image(copy.image_id);
  return stored->tags;
}

Result<cloud::TagsById> Client::list_tags(const std::string& region, const std::string& project_name,
                                          const core::Context& /*context*/) {
  const std::scoped_lock lock(mutex_);
  const Store* store = find_store(region, project_name);
  if (store == nullptr) return refused(ErrorKind::invalid, "NoRegion", "");
  cloud::TagsById tags;
  for (const auto& [id, stored] : store->images) tags[id] = stored.tags;
  return tags;
}

Result<void> Client::change_tags(const cloud::CopyReference& copy, const cloud::TagChanges& changes,
                                 const core::Context& /*context*/) {
  const std::scoped_lock lock(mutex_);
  StoredImage* stored = find_image(copy);
  if (stored == nullptr) return no_image(copy.image_id);
  for (const std::string& key : changes.remove) stored->tags.erase(key);
  for (const auto& [key, value] : changes.set) stored->tags.insert_or_assign(key, value);
  return {};
}

}  // namespace toy
