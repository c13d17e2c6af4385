#include "src/copy/image_cache.h"

#include <algorithm>

namespace copy {
namespace {

using cloud::ErrorKind;
using cloud::Result;

template <typename T>
Result<std::shared_ptr<const T>> share(Result<T> result) {
  if (!result) return std::unexpected(std::move(result.error()));
  return std::make_shared<const T>(*std::move(result));
}

/// A job that may still run, or whose image is not known, is in no listing.
bool can_be_listed(const cloud::CopyReference& copy) {
  const bool is_job = !copy.job_id.empty() && copy.last_state != cloud::CopyState::available;
  return !copy.image_id.empty() && !is_job;
}

/// These credentials may be permitted to read one image, but not to list all.
bool may_succeed_alone(const cloud::Error& error) {
  return error.kind != ErrorKind::cancelled && !cloud::is_transient(error.kind);
}

}  // namespace

template <typename Key, typename T, typename Call>
Result<T> ImageCache::shared(const Query<Key, T>& query, const core::Context& context, Call call) {
  std::optional<Result<T>> own;
  std::optional<Result<T>> given = query.results.get(query.key, query.wanted, context, [&] {
    own = call();
    const bool gave_up =
        !*own && (own->error().kind == ErrorKind::cancelled || clock_.now() >= context.deadline);
    return gave_up ? std::nullopt : own;
  });
  if (given) return *std::move(given);
  if (own) return *std::move(own);
  if (context.stop.stop_requested()) {
    return std::unexpected(
        cloud::Error{.kind = ErrorKind::cancelled, .message = "The call was interrupted."});
  }
  return std::unexpected(cloud::Error{
      .kind = ErrorKind::outcome_unknown,
      .message = "The deadline passed before another read received the response to the same call."});
}

/// The same key, whether the region's own project is named or not.
cloud::RegionKey ImageCache::key_of(const std::string& region, const std::string& project) const {
  return {region, project.empty() ? cloud_.default_project(region) : project};
}

bool ImageCache::is_first_read(LastReads& last_reads, const RegionKey& key) {
  const std::scoped_lock lock(mutex_);
  const auto [last, is_new] = last_reads.try_emplace(key, clock_.now());
  const bool is_first_for_long = is_new || last->second < clock_.now() - policy_.max_refresh_age;
  last->second = clock_.now();
  return is_first_for_long;
}

Result<ImageCache::Source> ImageCache::source(const std::string& region, const std::string& image_id,
                                              const core::Context& context) {
  return shared(Query{sources_, ImageKey{region, image_id}, {.oldest = clock_.now() - policy_.max_age}},
                context, [&] { return share(cloud_.inventory()->find_source(region, image_id, context)); });
}

std::optional<std::int64_t> ImageCache::known_size(const std::string& region, const std::string& image_id) {
  const auto known = sources_.newest({region, image_id});
  return known && *known ? (**known)->image.size_gb : std::nullopt;
}

Result<ImageCache::Images> ImageCache::images(Wanted<RegionKey, Images> wanted, const RegionKey& key,
                                              const core::Context& context) {
  return shared(Query{images_, key, wanted}, context, [&] {
    return share(
        cloud_.list_images({.region = key.region, .project_name = key.project, .name = ""}, context));
  });
}

Result<ImageCache::Images> ImageCache::images(const std::string& region, const std::string& project,
                                              const core::Context& context) {
  return images({.oldest = clock_.now()}, key_of(region, project), context);
}

Result<ImageCache::Images> ImageCache::recent_images(const std::string& region, const std::string& project,
                                                     const core::Context& context) {
  return images_since(clock_.now() - policy_.max_age, region, project, context);
}

Result<ImageCache::Images> ImageCache::images_since(core::Instant oldest, const std::string& region,
                                                    const std::string& project,
                                                    const core::Context& context) {
  return images({.oldest = oldest, .also_forgotten = true}, key_of(region, project), context);
}

Result<cloud::CopyStatus> ImageCache::describe(const cloud::CopyReference& copy,
                                               const core::Context& context) {
  const RegionKey key = key_of(copy.destination_region, copy.project_name);
  if (!can_be_listed(copy) || is_first_read(last_described_, key)) return cloud_.describe_copy(copy, context);
  const Result<Images> listed = images({.oldest = clock_.now() - policy_.max_refresh_age}, key, context);
  if (!listed && !may_succeed_alone(listed.error())) return std::unexpected(listed.error());
  if (listed) {
    const auto found = std::ranges::find(**listed, copy.image_id, &cloud::CopyStatus::image_id);
    if (found != (*listed)->end()) return *found;
  }
  return cloud_.describe_copy(copy, context);
}

Result<ImageCache::TagLists> ImageCache::tag_lists(const RegionKey& key, const core::Context& context) {
  return shared(Query{tag_lists_, key, {.oldest = clock_.now() - policy_.max_refresh_age}}, context,
                [&] { return share(cloud_.tag_lookup()->list_tags(key.region, key.project, context)); });
}

Result<cloud::Tags> ImageCache::tags(const cloud::CopyReference& copy, const cloud::Image& image,
                                     const core::Context& context) {
  const RegionKey key = key_of(copy.destination_region, copy.project_name);
  if (cloud_.tag_lookup() == nullptr || is_first_read(last_tag_reads_, key)) {
    return cloud_.tags_of(copy, image, context);
  }
  const Result<TagLists> listed = tag_lists(key, context);
  if (!listed && !may_succeed_alone(listed.error())) return std::unexpected(listed.error());
  if (listed) {
    const auto found = (*listed)->find(image.id);
    if (found != (*listed)->end()) return found->second;
  }
  return cloud_.tags_of(copy, image, context);
}

Result<cloud::ImageQuota> ImageCache::quota(const std::string& region, const std::string& project,
                                            const core::Context& context) {
  return shared(Query{quotas_, key_of(region, project), {.oldest = clock_.now() - policy_.max_age}}, context,
                [&] { return cloud_.quotas()->read_quota(region, project, context); });
}

Result<ImageCache::Regions> ImageCache::regions(const std::string& endpoint_region,
                                                const core::Context& context) {
  return shared(Query{regions_, endpoint_region, {.oldest = clock_.now() - policy_.max_age}}, context,
                [&] { return share(cloud_.inventory()->list_regions(endpoint_region, context)); });
}

void ImageCache::changed(const cloud::CopyReference& copy) {
  const RegionKey key = key_of(copy.destination_region, copy.project_name);
  images_.forget(key);
  tag_lists_.forget(key);
  sources_.forget({copy.destination_region, copy.image_id});
}

void ImageCache::removed(const cloud::CopyReference& copy) {
  changed(copy);
  quotas_.forget(key_of(copy.destination_region, copy.project_name));
}

}  // namespace copy
