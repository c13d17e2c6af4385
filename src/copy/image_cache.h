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

/// What one cloud told a short while ago, shared between all who ask in this process. Errors are answers too.
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

  /// The size of that source in GB, if it has been told.
  std::optional<std::int64_t> known_size(const std::string& region, const std::string& image_id);

  /// All of the account's own images in a region as they are now.
  cloud::Result<Images> images(const std::string& region, const std::string& project,
                               const core::Context& context);

  /// The same a short while ago, or at `oldest` or later, whatever this process has changed since.
  cloud::Result<Images> recent_images(const std::string& region, const std::string& project,
                                      const core::Context& context);
  cloud::Result<Images> images_since(core::Instant oldest, const std::string& region,
                                     const std::string& project, const core::Context& context);

  /// Describes a copy that the state holds: by itself if no other was asked for in its region, else from a
  /// listing that all of one refresh share, unless this process has changed something since. What the listing
  /// lacks is described by itself.
  cloud::Result<cloud::CopyStatus> describe(const cloud::CopyReference& copy, const core::Context& context);

  /// The tags of an image that a cloud has described, shared likewise. Needs a cloud that reports tags.
  cloud::Result<cloud::Tags> tags(const cloud::CopyReference& copy, const cloud::Image& image,
                                  const core::Context& context);

  /// Needs the capability `Quotas`.
  cloud::Result<cloud::ImageQuota> quota(const std::string& region, const std::string& project,
                                         const core::Context& context);

  /// All regions, queried at the endpoint of `asked`. Needs the capability `Inventory`.
  cloud::Result<Regions> regions(const std::string& asked, const core::Context& context);

  /// The image was made or changed. Neither is a new question for the quota, which only a plan asks.
  void changed(const cloud::CopyReference& copy);
  void removed(const cloud::CopyReference& copy);

 private:
  using RegionKey = std::pair<std::string, std::string>;  // region, and project or image
  using TagLists = std::shared_ptr<const cloud::TagsById>;
  template <typename Question, typename Answer>
  using Shared = core::SingleFlight<Question, cloud::Result<Answer>>;
  template <typename Question, typename Answer>
  using Wanted = typename Shared<Question, Answer>::Wanted;
  using LastAsked = std::map<RegionKey, core::Instant>;

  /// Returns the answer of another caller that is new enough, or asks. An answer that was interrupted, or
  /// that came after the deadline, is nobody else's.
  template <typename Question, typename Answer, typename Ask>
  cloud::Result<Answer> shared(Shared<Question, Answer>& answers, const Question& question,
                               Wanted<Question, Answer> wanted, const core::Context& context, Ask ask);
  /// Whether nobody has asked there for a while; notes that somebody has.
  bool is_alone(LastAsked& last_asked, const RegionKey& key);
  cloud::Result<TagLists> tag_lists(const RegionKey& key, const core::Context& context);
  [[nodiscard]] RegionKey key_of(const std::string& region, const std::string& project) const;
  cloud::Result<Images> images(Wanted<RegionKey, Images> wanted, const RegionKey& key,
                               const core::Context& context);

  cloud::ImageCloud& cloud_;
  core::Clock& clock_;
  const CachePolicy policy_;
  Shared<RegionKey, Source> sources_{clock_};
  Shared<RegionKey, Images> images_{clock_};
  Shared<RegionKey, TagLists> tag_lists_{clock_};
  Shared<RegionKey, cloud::ImageQuota> quotas_{clock_};
  Shared<std::string, Regions> regions_{clock_};
  std::mutex mutex_;  // guards the two below
  LastAsked described_;
  LastAsked tag_reads_;
};

}  // namespace copy
