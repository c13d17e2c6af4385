#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "src/cloud/image_cloud.h"
#include "src/copy/policies.h"
#include "src/core/clock.h"

namespace copy {

/// What this process knows of its own objects on one cloud: which images they hold, make, take over and
/// remove.
class Ownership {
 public:
  explicit Ownership(core::Clock& clock, const OwnershipPolicy& policy = {})
      : clock_(clock), policy_(policy) {}

  /// Whether no other object of this process is the copy of that key; it is from now on, until released.
  bool claim(const std::string& key);
  void release(const std::string& key);

  /// This process has started the copy of that key.
  void made(const cloud::CopyReference& copy, const std::string& key);
  [[nodiscard]] bool has_made(const std::string& region, const std::string& image_id) const;

  /// Notes a copy that is planned. Returns how many are, to this region, and not started yet.
  std::size_t plan(const std::string& region, const std::string& project, const std::string& key);

  /// Remembers that a state of Terraform's holds the image.
  void hold(const cloud::CopyReference& copy);
  [[nodiscard]] bool holds(const std::string& region, const std::string& image_id) const;
  /// The same, or whether this run removes it, waiting for a moment: what holds it may not be read yet.
  [[nodiscard]] bool will_hold(const std::string& region, const std::string& image_id,
                               const core::Context& context) const;
  [[nodiscard]] bool holds_any(const std::string& region) const;

  /// Remembers that a new object of Terraform's, the copy of that key, has taken over an image that was
  /// there. Not if it is being removed.
  bool take_over(const cloud::CopyReference& copy, const std::string& key);

  /// Remembers that the image is being removed, so that nobody takes it over. Not if somebody has: the answer
  /// is the key of who did.
  std::optional<std::string> begin_removal(const cloud::CopyReference& copy);

  /// It was removed, and what is still listed of it goes; or it stays after all.
  void end_removal(const cloud::CopyReference& copy, bool removed);
  [[nodiscard]] bool is_leaving(const std::string& region, const std::string& image_id) const;

  /// Notes that an object of this plan is to be made as the copy of that key, or stays it. Whether no other
  /// one is: of two, the one that is planned later hears of it.
  bool plan_to_make(const std::string& key);
  bool plan_to_keep(const std::string& key);

 private:
  using Pair = std::pair<std::string, std::string>;  // region, and image or project

  core::Clock& clock_;
  const OwnershipPolicy policy_;
  mutable std::mutex mutex_;  // guards all below
  std::set<std::string> claimed_;
  std::set<Pair> made_;
  std::map<Pair, std::map<std::string, core::Instant>> planned_;  // by region and project
  std::set<Pair> held_;
  std::map<Pair, std::string> taken_over_;  // by which copy
  std::set<Pair> leaving_;
  std::set<std::string> to_make_;
  std::set<std::string> to_keep_;
};

}  // namespace copy
