#include "tests/cloud/toy_vendor.h"

#include <algorithm>
#include <array>

#include "src/cloud/copy_rules.h"
#include "src/cloud/source_rules.h"
#include "src/core/time_text.h"

namespace toy {
namespace {

using cloud::CopyState;
using cloud::Error;
using cloud::ErrorKind;
using namespace std::chrono_literals;

constexpr std::chrono::seconds kCopyTime = 100s;
constexpr std::chrono::seconds kQueueTime = 5s;
constexpr std::ptrdiff_t kMaxRunning = 5;
constexpr std::array kRegionVariables = {"TOY_REGION"};

std::unexpected<Error> refused(ErrorKind kind, std::string code, std::string image_id) {
  return std::unexpected(Error{.kind = kind,
                               .code = std::move(code),
                               .message = "The toy refused.",
                               .request_id = "none",
                               .action = "toy",
                               .image_id = std::move(image_id)});
}

bool is_running(CopyState state) {
  return state == CopyState::queued || state == CopyState::copying;
}

cloud::CredentialsResult find_credentials(const cloud::VendorSettings& settings,
                                          const cloud::HostEnvironment& host,
                                          const cloud::Dependencies& /*dependencies*/) {
  cloud::CredentialsChain sources(vendor().display_name);
  auto found = cloud::key_pair({.access_key = cloud::setting(settings, "access_key"),
                                .secret_key = cloud::setting(settings, "secret_key"),
                                .security_token = ""},
                               "the provider configuration");
  sources.add("the provider configuration", "not set");
  if (found && !*found) {
    found = cloud::key_pair_of(
        host, {.access_key = "TOY_KEY", .secret_key = "TOY_SECRET", .security_token = "TOY_TOKEN"});
  }
  sources.add("the environment variables TOY_KEY and TOY_SECRET", "not set");
  if (!found) return std::unexpected(found.error());
  if (!*found) return std::unexpected(sources.report());
  return std::move(**found);
}

std::unique_ptr<cloud::ImageCloud> make_client(const cloud::VendorSettings& /*settings*/,
                                               const cloud::FoundCredentials& /*found*/,
                                               const cloud::HostEnvironment& /*host*/,
                                               const cloud::Dependencies& dependencies) {
  return std::make_unique<Client>(dependencies.clock);
}

void check_copy(const cloud::CopySpec& spec, cloud::CopyStage /*stage*/, cloud::Violations& violations) {
  if (spec.kms_key_id.is_set()) {
    cloud::add_violation(violations, "kms_key_id", "No Keys",
                         "The toy cannot encrypt. Remove this argument.");
  }
}

void check_source(cloud::SourceRules& rules) {
  rules.check_public_and_market(vendor().display_name);
}

}  // namespace

const cloud::Vendor& vendor() {
  static const cloud::Vendor kVendor = {.name = "toy",
                                        .display_name = "Toy Cloud",
                                        .traits = {.description = cloud::DescriptionSupport::removable,
                                                   .reports_source = true,
                                                   .tags_with_copy = true,
                                                   .tags_in_listings = true,
                                                   .batch_threshold = 3},
                                        .reports_tags = true,
                                        .max_running_copies = 2,
                                        .endpoint = "https://{region}.toy.example",
                                        .example_image_id = "east/i-golden",
                                        .region_variables = kRegionVariables,
                                        .secrets = {},
                                        .request_id_header = "",
                                        .request_id_member = "",
                                        .retry_after_ms_header = "",
                                        .find_credentials = find_credentials,
                                        .make_client = make_client,
                                        .check_copy = check_copy,
                                        .check_source = check_source};
  return kVendor;
}

Client::Client(core::Clock& clock) : clock_(clock) {
  for (const char* id : {"i-golden", "i-broken"}) {
    regions_["east"][id] = {
        .image = {.id = id, .name = id, .size_gb = 40, .created_at = core::format_rfc3339(clock.utc())},
        .copied_since = std::nullopt,
        .fails = std::string_view(id) == "i-broken"};
  }
  regions_["west"];
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

Client::StoredImage* Client::find(const std::string& region, const std::string& image_id) {
  const auto images = regions_.find(region);
  if (images == regions_.end()) return nullptr;
  const auto found = images->second.find(image_id);
  return found == images->second.end() ? nullptr : &found->second;
}

bool Client::is_full() const {
  std::ptrdiff_t running = 0;
  for (const auto& [region, images] : regions_) {
    running += std::ranges::count_if(
        images, [&](const auto& entry) { return is_running(status_of(entry.second).state); });
  }
  return running >= kMaxRunning;
}

cloud::Result<cloud::CopyReference> Client::start_copy(const cloud::CopyRequest& request,
                                                       const core::Context& /*context*/) {
  const cloud::CopySpec& spec = request.spec;
  const std::scoped_lock lock(mutex_);
  const StoredImage* source = find(spec.source_region.value(), spec.source_image_id.value());
  if (source == nullptr) return refused(ErrorKind::not_found, "NoImage", spec.source_image_id.value());
  if (!regions_.contains(spec.destination_region.value())) {
    return refused(ErrorKind::invalid, "NoRegion", spec.source_image_id.value());
  }
  if (is_full()) return refused(ErrorKind::concurrency_limit, "TooMany", spec.source_image_id.value());
  const std::string id = "i-" + std::to_string(++last_number_);
  regions_[spec.destination_region.value()][id] = {
      .image = {.id = id,
                .name = spec.name.value(),
                .description = spec.description.value(),
                .size_gb = source->image.size_gb,
                .created_at = core::format_rfc3339(clock_.utc()),
                .origin = cloud::Origin{spec.source_region.value(), spec.source_image_id.value()},
                .source_region = spec.source_region.value(),
                .tags = spec.tags},
      .copied_since = clock_.now(),
      .fails = source->fails};
  return cloud::CopyReference{.source_region = spec.source_region.value(),
                              .source_image_id = spec.source_image_id.value(),
                              .destination_region = spec.destination_region.value(),
                              .name = spec.name.value(),
                              .image_id = id,
                              .last_state = CopyState::queued};
}

cloud::Result<cloud::CopyStatus> Client::describe_copy(const cloud::CopyReference& copy,
                                                       const core::Context& /*context*/) {
  const std::scoped_lock lock(mutex_);
  const StoredImage* stored = find(copy.destination_region, copy.image_id);
  return stored == nullptr ? cloud::CopyStatus{.state = CopyState::absent} : status_of(*stored);
}

std::vector<cloud::Result<cloud::CopyStatus>> Client::describe_copies(
    const std::vector<cloud::CopyReference>& copies, const core::Context& context) {
  const auto listed = list_images({.region = copies.front().destination_region}, context);
  if (!listed) return {copies.size(), std::unexpected(listed.error())};
  return match_or_describe(*listed, copies, context);
}

cloud::Result<std::vector<cloud::CopyStatus>> Client::list_images(const cloud::ImageQuery& query,
                                                                  const core::Context& /*context*/) {
  const std::scoped_lock lock(mutex_);
  const auto images = regions_.find(query.region);
  if (images == regions_.end()) return refused(ErrorKind::invalid, "NoRegion", "");
  std::vector<cloud::CopyStatus> found;
  for (const auto& [id, stored] : images->second) {
    if (query.name.empty() || stored.image.name == query.name) found.push_back(status_of(stored));
  }
  return found;
}

cloud::Result<void> Client::cancel_copy(const cloud::CopyReference& copy, const core::Context& /*context*/) {
  const std::scoped_lock lock(mutex_);
  const StoredImage* stored = find(copy.destination_region, copy.image_id);
  if (stored == nullptr) return refused(ErrorKind::not_found, "NoImage", copy.image_id);
  if (!is_running(status_of(*stored).state)) return refused(ErrorKind::not_copying, "NoCopy", copy.image_id);
  regions_[copy.destination_region].erase(copy.image_id);
  return {};
}

cloud::Result<void> Client::delete_image(const cloud::CopyReference& copy,
                                         const cloud::DeleteOptions& /*options*/,
                                         const core::Context& /*context*/) {
  const std::scoped_lock lock(mutex_);
  const StoredImage* stored = find(copy.destination_region, copy.image_id);
  if (stored == nullptr) return refused(ErrorKind::not_found, "NoImage", copy.image_id);
  if (is_running(status_of(*stored).state))
    return refused(ErrorKind::still_copying, "Copying", copy.image_id);
  regions_[copy.destination_region].erase(copy.image_id);
  return {};
}

cloud::Result<void> Client::update_image(const cloud::CopyReference& copy, const cloud::ImageChanges& changes,
                                         const core::Context& /*context*/) {
  const std::scoped_lock lock(mutex_);
  StoredImage* stored = find(copy.destination_region, copy.image_id);
  if (stored == nullptr) return refused(ErrorKind::not_found, "NoImage", copy.image_id);
  if (changes.name) stored->image.name = *changes.name;
  if (changes.description) stored->image.description = *changes.description;
  return {};
}

cloud::Result<void> Client::change_tags(const cloud::CopyReference& copy, const cloud::TagChanges& changes,
                                        const core::Context& /*context*/) {
  const std::scoped_lock lock(mutex_);
  StoredImage* stored = find(copy.destination_region, copy.image_id);
  if (stored == nullptr) return refused(ErrorKind::not_found, "NoImage", copy.image_id);
  cloud::Tags tags = stored->image.tags.value_or(cloud::Tags());
  for (const std::string& key : changes.remove) tags.erase(key);
  for (const auto& [key, value] : changes.set) tags.insert_or_assign(key, value);
  stored->image.tags = std::move(tags);
  return {};
}

cloud::Result<cloud::SourceImage> Client::find_source(const std::string& region, const std::string& image_id,
                                                      const core::Context& /*context*/) {
  const std::scoped_lock lock(mutex_);
  const StoredImage* stored = find(region, image_id);
  if (stored == nullptr) return cloud::SourceImage{.state = CopyState::absent};
  return cloud::SourceImage{.state = status_of(*stored).state, .image = stored->image};
}

cloud::Result<std::vector<std::string>> Client::list_regions(const std::string& /*endpoint_region*/,
                                                             const core::Context& /*context*/) {
  return std::vector<std::string>{"east", "west"};
}

}  // namespace toy
