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

/// Polls the copies that are waited for on one cloud. Those to one region are polled together where that
/// costs less than polling each: the first waiter that is due polls for all, and all receive their status.
/// Regions do not wait for each other.
class BatchPoller {
 public:
  using Described = cloud::Result<cloud::CopyStatus>;

  BatchPoller(cloud::ImageCloud& cloud, core::Clock& clock) : cloud_(cloud), clock_(clock) {}

  /// Returns the next status of the copy, polled at `due` or when another waiter polls. Returns nullopt if
  /// the deadline or a stop came first.
  std::optional<Described> next(const cloud::CopyReference& copy, core::Instant due,
                                const core::Context& context);

 private:
  struct Waiter {
    const cloud::CopyReference& copy;
    std::optional<Described> described;
    core::WaitCondition wake_up;
  };
  /// The waiters that are polled together.
  struct Group {
    std::map<std::uint64_t, Waiter*> waiters;
    bool is_polling = false;
  };
  struct Key {
    cloud::RegionKey destination;
    std::string source_region;  // where that is called, too

    auto operator<=>(const Key&) const = default;
  };
  using Lock = std::unique_lock<std::mutex>;

  Described poll_one(Lock& lock, const cloud::CopyReference& copy, const core::Context& context);
  void poll_all(Lock& lock, Group& group, std::uint64_t own_number, const core::Context& context);

  cloud::ImageCloud& cloud_;
  core::Clock& clock_;
  std::mutex mutex_;  // guards all below, and the waiters that they point to
  std::uint64_t last_number_ = 0;
  std::map<Key, Group> groups_;
};

}  // namespace copy
