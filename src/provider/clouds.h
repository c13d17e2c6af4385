#pragma once

#include <expected>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "src/cloud/credentials/provider.h"
#include "src/cloud/image_cloud.h"
#include "src/copy/engine.h"
#include "src/http/transport.h"
#include "src/provider/policies.h"
#include "tf/value.h"

namespace provider {

/// A cloud as one provider configuration sets it up.
struct ConfiguredCloud {
  /// `corrected_clock`: the one that the client and the credentials use. `credentials_provider`: null if the
  /// vendor uses tokens instead.
  ConfiguredCloud(std::shared_ptr<core::Clock> corrected_clock, std::unique_ptr<cloud::ImageCloud> client,
                  std::shared_ptr<cloud::CredentialsProvider> credentials_provider, std::string region,
                  const copy::EnginePolicies& policies = {})
      : clock(std::move(corrected_clock)),
        cloud(std::move(client)),
        credentials(std::move(credentials_provider)),
        default_region(std::move(region)),
        engine(std::make_unique<copy::Engine>(*cloud, *clock, policies)) {}

  std::shared_ptr<core::Clock> clock;  // outlives those who use it
  std::unique_ptr<cloud::ImageCloud> cloud;
  std::shared_ptr<cloud::CredentialsProvider> credentials;
  std::string default_region;  ///< may be empty
  std::unique_ptr<copy::Engine> engine;
};

/// Why a cloud cannot be used.
struct UnusableCloud {
  bool known_at_apply = false;  ///< its configuration depends on a value that is unknown until apply
  std::string reason;           ///< the cause and what to do, in sentences
};

/// All clouds of one provider configuration. Immutable.
class Clouds {
 public:
  using Entry = std::expected<ConfiguredCloud, UnusableCloud>;

  Clouds(std::unique_ptr<http::HttpTransport> transport, std::map<std::string, Entry, std::less<>> entries,
         tf::Value default_tags = {})
      : transport_(std::move(transport)),
        entries_(std::move(entries)),
        default_tags_(std::move(default_tags)) {}

  /// A map, or null; may contain unknown values while planning.
  [[nodiscard]] const tf::Value& default_tags() const { return default_tags_; }

  /// Returns null if no vendor has that name.
  [[nodiscard]] const Entry* find(std::string_view name) const {
    const auto found = entries_.find(name);
    return found == entries_.end() ? nullptr : &found->second;
  }

 private:
  std::unique_ptr<http::HttpTransport> transport_;  // outlives the clouds that use it
  std::map<std::string, Entry, std::less<>> entries_;
  tf::Value default_tags_;
};

/// The clouds of the newest provider configuration. An operation keeps those that it began with.
class CurrentClouds {
 public:
  explicit CurrentClouds(CallTimeouts timeouts = {}) : timeouts_(timeouts) {}

  [[nodiscard]] const CallTimeouts& timeouts() const { return timeouts_; }

  [[nodiscard]] std::shared_ptr<const Clouds> get() const {
    const std::scoped_lock lock(mutex_);
    return clouds_;
  }

  void set(std::shared_ptr<const Clouds> clouds) {
    const std::scoped_lock lock(mutex_);
    clouds_ = std::move(clouds);
  }

 private:
  const CallTimeouts timeouts_;
  mutable std::mutex mutex_;  // guards `clouds_`
  std::shared_ptr<const Clouds> clouds_;
};

}  // namespace provider
