#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "src/cloud/image_cloud.h"
#include "src/copy/policies.h"
#include "src/core/clock.h"
#include "src/core/wait_condition.h"

namespace copy {

/// What this process knows of its own objects on one cloud: which images they hold, make, adopt and
/// remove.
class Ownership {
 public:
  explicit Ownership(core::Clock& clock, const OwnershipPolicy& policy = {})
      : clock_(clock), policy_(policy) {}

  /// Claims the copy of that key for one object, until it is released. Returns false if another object of
  /// this process has claimed it.
  bool claim(const std::string& key);
  void release(const std::string& key);

  /// This process has started the copy of that key.
  void made(const cloud::CopyReference& copy, const std::string& key);
  [[nodiscard]] bool has_made(const std::string& region, const std::string& image_id) const;

  /// Notes a planned copy. Returns how many are planned to this region and not started yet.
  std::size_t plan(const std::string& region, const std::string& project, const std::string& key);

  /// Notes that a state holds the image.
  void hold(const cloud::CopyReference& copy);
  [[nodiscard]] bool holds(const std::string& region, const std::string& image_id) const;
  /// Whether a state holds the image or this run is removing it. Waits for a moment, because the object that
  /// holds it may not have been read yet.
  [[nodiscard]] bool will_hold(const std::string& region, const std::string& image_id,
                               const core::Context& context) const;
  [[nodiscard]] bool holds_any(const std::string& region) const;

  /// Notes that a new object, the copy of that key, adopts an image that was there. Returns false if the
  /// image is being removed.
  bool adopt(const cloud::CopyReference& copy, const std::string& key);

  /// Notes that the image is being removed, so that no other object adopts it. If one has, returns the key of
  /// that copy instead.
  std::optional<std::string> begin_removal(const cloud::CopyReference& copy);

  /// `removed`: the image is gone, though it may be listed for a while; otherwise it stays.
  void end_removal(const cloud::CopyReference& copy, bool removed);
  [[nodiscard]] bool is_leaving(const std::string& region, const std::string& image_id) const;

  /// Notes that an object of this plan will be made as the copy of that key, or stays it. Returns false if
  /// another one is planned so already.
  bool plan_to_make(const std::string& key);
  bool plan_to_keep(const std::string& key);

 private:
  core::Clock& clock_;
  const OwnershipPolicy policy_;
  mutable std::mutex mutex_;               // guards all below
  mutable core::SharedCondition changed_;  // of what `will_hold` waits for
  std::set<std::string> claimed_;
  std::set<cloud::ImageKey> made_;
  std::map<cloud::RegionKey, std::map<std::string, core::Instant>> planned_;
  std::set<cloud::ImageKey> held_;
  std::map<cloud::ImageKey, std::string> adopted_;  // the key of the copy that adopted each
  std::set<cloud::ImageKey> leaving_;
  std::set<std::string> to_make_;
  std::set<std::string> to_keep_;
};

}  // namespace copy
