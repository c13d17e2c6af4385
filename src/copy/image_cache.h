#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "src/cloud/image_cloud.h"
#include "src/copy/policies.h"
#include "src/core/single_flight.h"

namespace copy {

/// What one cloud reported a short while ago, shared by all callers in this process; errors as well.
class ImageCache {
 public:
  using Images = std::shared_ptr<const std::vector<cloud::CopyStatus>>;
  using Source = std::shared_ptr<const cloud::SourceImage>;
  using Regions = std::shared_ptr<const std::vector<std::string>>;

  ImageCache(cloud::ImageCloud& cloud, core::Clock& clock, const CachePolicy& policy = {})
      : cloud_(cloud), clock_(clock), policy_(policy) {}

  /// Needs the capability `Inventory`.
  cloud::Result<Source> source(const std::string& region, const std::string& image_id,
                               const core::Context& context);

  /// The size of that source in GB, if it was read before.
  std::optional<std::int64_t> known_size(const std::string& region, const std::string& image_id);

  /// All of the account's own images in a region, listed now.
  cloud::Result<Images> images(const std::string& region, const std::string& project,
                               const core::Context& context);

  /// The same, listed a short while ago, or at `oldest` or later. What this process changed since may be
  /// missing.
  cloud::Result<Images> recent_images(const std::string& region, const std::string& project,
                                      const core::Context& context);
  cloud::Result<Images> images_since(core::Instant oldest, const std::string& region,
                                     const std::string& project, const core::Context& context);

  /// Describes a copy that the state holds. The first one in a region takes a call of its own. The following
  /// ones share a listing, unless this process has changed something there since; a copy that is missing in
  /// it takes a call of its own, too.
  cloud::Result<cloud::CopyStatus> describe(const cloud::CopyReference& copy, const core::Context& context);

  /// The tags of an image, shared in the same way. Needs a cloud that reports tags.
  cloud::Result<cloud::Tags> tags(const cloud::CopyReference& copy, const cloud::Image& image,
                                  const core::Context& context);

  /// Needs the capability `Quotas`.
  cloud::Result<cloud::ImageQuota> quota(const std::string& region, const std::string& project,
                                         const core::Context& context);

  /// All regions of the account. `endpoint_region`: the one whose endpoint is called. Needs the capability
  /// `Inventory`.
  cloud::Result<Regions> regions(const std::string& endpoint_region, const core::Context& context);

  /// The image was made or changed. The quota is still shared: only a plan reads it.
  void changed(const cloud::CopyReference& copy);
  /// The image was deleted.
  void removed(const cloud::CopyReference& copy);

 private:
  using ImageKey = cloud::ImageKey;
  using RegionKey = cloud::RegionKey;
  using TagLists = std::shared_ptr<const cloud::TagsById>;
  template <typename Key, typename T>
  using Shared = core::SingleFlight<Key, cloud::Result<T>>;
  template <typename Key, typename T>
  using Wanted = typename Shared<Key, T>::Wanted;
  template <typename Key, typename T>
  struct Query {
    Shared<Key, T>& results;
    Key key;
    Wanted<Key, T> wanted;
  };
  using LastReads = std::map<RegionKey, core::Instant>;

  /// Returns the result that another caller received, if it is recent enough, or makes the call. The failure
  /// of a call that was stopped, or that ended after the deadline, is not shared.
  template <typename Key, typename T, typename Call>
  cloud::Result<T> shared(const Query<Key, T>& query, const core::Context& context, Call call);
  /// Returns whether there was no read in this region for a while, and notes that there is one now.
  bool is_first_read(LastReads& last_reads, const RegionKey& key);
  cloud::Result<TagLists> tag_lists(const RegionKey& key, const core::Context& context);
  [[nodiscard]] RegionKey key_of(const std::string& region, const std::string& project) const;
  cloud::Result<Images> images(Wanted<RegionKey, Images> wanted, const RegionKey& key,
                               const core::Context& context);

  cloud::ImageCloud& cloud_;
  core::Clock& clock_;
  const CachePolicy policy_;
  Shared<ImageKey, Source> sources_{clock_};
  Shared<RegionKey, Images> images_{clock_};
  Shared<RegionKey, TagLists> tag_lists_{clock_};
  Shared<RegionKey, cloud::ImageQuota> quotas_{clock_};
  Shared<std::string, Regions> regions_{clock_};
  std::mutex mutex_;  // guards the two below
  LastReads last_described_;
  LastReads last_tag_reads_;
};

}  // namespace copy
