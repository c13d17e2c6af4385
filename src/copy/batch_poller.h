#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "src/cloud/image_cloud.h"
#include "src/core/clock.h"
#include "src/core/wait_condition.h"

namespace copy {

/// Looks at the copies that are waited for on one cloud, those of a region together where that costs less
/// than a look at each: whoever is due first asks for all who wait there, and all get the answer. Regions do
/// not wait for each other.
class BatchPoller {
 public:
  BatchPoller(cloud::ImageCloud& cloud, core::Clock& clock) : cloud_(cloud), clock_(clock) {}

  /// The next look at the copy: at `due`, or when somebody else looks. Nothing: the context ended before.
  std::optional<cloud::Result<cloud::CopyStatus>> next(const cloud::CopyReference& copy, core::Instant due,
                                                       const core::Context& context);

 private:
  struct Waiter {
    const cloud::CopyReference& copy;
    std::optional<cloud::Result<cloud::CopyStatus>> look;
    core::WaitCondition wake_up;
  };
  struct Group {
    std::map<std::uint64_t, Waiter*> waiters;
    bool is_looking = false;
  };
  using Key = std::array<std::string, 3>;  // region, project, and the source region where that is asked too

  cloud::Result<cloud::CopyStatus> look_at_one(std::unique_lock<std::mutex>& lock,
                                               const cloud::CopyReference& copy,
                                               const core::Context& context);
  void describe_copies(std::unique_lock<std::mutex>& lock, Group& group, std::uint64_t own_number,
                       const core::Context& context);

  cloud::ImageCloud& cloud_;
  core::Clock& clock_;
  std::mutex mutex_;  // guards all below, and the waiters that they point to
  std::uint64_t last_number_ = 0;
  std::map<Key, Group> groups_;
};

}  // namespace copy
