#pragma once

#include <array>
#include <expected>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "tf/value.h"
#include "src/cloud/image_cloud.h"
#include "src/cloud/credentials/provider.h"
#include "src/copy/image_cache.h"
#include "src/copy/admission_queue.h"
#include "src/copy/ownership.h"
#include "src/copy/batch_poller.h"
#include "src/http/transport.h"

namespace copy {

/// The clouds in the order in which texts name them.
inline constexpr std::array<std::string_view, 3> kCloudNames = {"alicloud", "baiducloud", "huaweicloud"};

/// One cloud as one provider configuration makes it.
class ConfiguredCloud {
 public:
  /// `clock`: the one that the cloud and the keys use. `keys`: null if it has none to look for. `region`: the
  /// default one; may be empty. `copies_at_once`: from one source region.
  ConfiguredCloud(std::shared_ptr<core::Clock> clock, std::unique_ptr<cloud::ImageCloud> cloud,
                  std::shared_ptr<cloud::KeySource> keys, std::string region,
                  int copies_at_once = kUsualCopiesAtOnce)
      : clock_(std::move(clock)),
        cloud_(std::move(cloud)),
        keys_(std::move(keys)),
        default_region_(std::move(region)),
        catalog_(std::make_unique<Catalog>(*cloud_, *clock_)),
        ledger_(std::make_unique<Ledger>(*clock_)),
        queue_(std::make_unique<CopyQueue>(*cloud_, *catalog_, *clock_, copies_at_once)),
        watch_(std::make_unique<Watch>(*cloud_, *clock_)) {}

  [[nodiscard]] cloud::ImageCloud& cloud() const { return *cloud_; }
  [[nodiscard]] Catalog& catalog() const { return *catalog_; }
  [[nodiscard]] Ledger& ledger() const { return *ledger_; }
  [[nodiscard]] CopyQueue& queue() const { return *queue_; }
  [[nodiscard]] Watch& watch() const { return *watch_; }
  [[nodiscard]] cloud::KeySource* keys() const { return keys_.get(); }
  [[nodiscard]] const std::string& default_region() const { return default_region_; }

 private:
  std::shared_ptr<core::Clock> clock_;  // outlives those who use it
  std::unique_ptr<cloud::ImageCloud> cloud_;
  std::shared_ptr<cloud::KeySource> keys_;
  std::string default_region_;
  std::unique_ptr<Catalog> catalog_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<CopyQueue> queue_;
  std::unique_ptr<Watch> watch_;
};

/// Why a cloud cannot be used.
struct Unavailable {
  bool known_at_apply = false;  ///< its configuration waits for a value that is not known while planning
  std::string reason;           ///< sentences that say what was looked at and what to do
};

/// All clouds of one provider configuration; unchanging once made.
class Clouds {
 public:
  using Entry = std::expected<ConfiguredCloud, Unavailable>;

  Clouds(std::unique_ptr<http::HttpTransport> transport, std::map<std::string, Entry, std::less<>> entries,
         tf::Value default_tags = {})
      : transport_(std::move(transport)),
        entries_(std::move(entries)),
        default_tags_(std::move(default_tags)) {}

  /// A map, or null; may hold unknown values while planning.
  [[nodiscard]] const tf::Value& default_tags() const { return default_tags_; }

  /// Null for a name that is none of `kCloudNames`.
  [[nodiscard]] const Entry* find(std::string_view name) const {
    const auto found = entries_.find(name);
    return found == entries_.end() ? nullptr : &found->second;
  }

 private:
  std::unique_ptr<http::HttpTransport> transport_;  // outlives the clouds that use it
  std::map<std::string, Entry, std::less<>> entries_;
  tf::Value default_tags_;
};

/// The clouds of the newest provider configuration. Calls that run keep the one that they began with.
class CurrentClouds {
 public:
  [[nodiscard]] std::shared_ptr<const Clouds> get() const {
    const std::scoped_lock lock(mutex_);
    return clouds_;
  }

  void set(std::shared_ptr<const Clouds> clouds) {
    const std::scoped_lock lock(mutex_);
    clouds_ = std::move(clouds);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Clouds> clouds_;
};

}  // namespace copy
