#pragma once

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <utility>

#include "src/cloud/image_cloud.h"
#include "src/copy/admission.h"
#include "src/copy/image_cache.h"
#include "src/core/clock.h"
#include "src/core/wait_condition.h"

namespace copy {

/// Where the copies on one cloud wait for admission, each source region apart. `Admission` decides who is
/// next; this class makes threads wait for it, and observes the copies that nobody here waits for.
class AdmissionQueue {
  struct Lane;

 public:
  /// `cache`: where other listings of the destinations come from, too.
  AdmissionQueue(cloud::ImageCloud& cloud, ImageCache& cache, core::Clock& clock,
                 const AdmissionPolicy& policy = {})
      : cloud_(cloud), cache_(cache), clock_(clock), policy_(policy) {}

  /// How `enter` ended.
  enum class Turn {
    at_once,
    after_waiting,  ///< the destination may have changed meanwhile
    never,          ///< the deadline or a stop came first
  };

  /// One copy in the queue of its source region. The copy leaves the queue at the end of this object.
  class Ticket {
   public:
    Ticket(AdmissionQueue& queue, const std::string& source_region, std::string source_image_id);
    Ticket(const Ticket&) = delete;
    Ticket& operator=(const Ticket&) = delete;
    ~Ticket();

    /// Waits until the copy may be started. Returns at once if it already may, and still may by what was
    /// observed since. A copy that was rejected comes before those that came later.
    Turn enter(const core::Context& context);

    /// Whether copies of other runs were observed that need the same room.
    [[nodiscard]] bool is_shared() const;

    /// The cloud did not start the copy.
    void reject(Rejection rejection);

    /// The copy may run or not: it counts as running, and others need not wait until that is known.
    void keep();

    /// The copy runs, whether there was room for it or not.
    void run(const cloud::CopyReference& copy);

    /// The copy continues when this object ends: it counts until it is observed to have ended.
    void detach(const cloud::CopyReference& copy);

   private:
    friend class AdmissionQueue;

    AdmissionQueue& queue_;
    Lane* lane_ = nullptr;
    TicketNumber number_ = 0;
    core::WaitCondition wake_up_;
  };

  /// Notes which copies to a destination run and were not started here.
  void observe(const std::string& region, const std::string& project, const ImageCache::Images& images);

 private:
  /// The copies from one source region.
  struct Lane {
    std::string source_region;
    Admission admission;
    std::map<TicketNumber, Ticket*> tickets;
  };
  using Lock = std::unique_lock<std::mutex>;

  /// Sleeps until the copy may have to act, and observes the others if it is the one to do that.
  void wait(Lock& lock, Ticket& ticket, const core::Context& context);
  void poll_detached(Lock& lock, Lane& lane, const core::Context& context);
  void list_shared_destinations(Lock& lock, const Lane& lane, const core::Context& context);
  [[nodiscard]] int count_others(const Lane& lane, const std::string& region,
                                 const ImageCache::Images& images) const;
  void wake(const Lane& lane) const;

  cloud::ImageCloud& cloud_;
  ImageCache& cache_;
  core::Clock& clock_;
  const AdmissionPolicy policy_;
  std::mutex mutex_;  // guards all below, and the tickets that they point to
  TicketNumber last_number_ = 0;
  std::map<std::string, Lane> lanes_;  // by source region; none is ever removed
  std::map<cloud::RegionKey, ImageCache::Images> observed_;
  std::set<std::pair<std::string, std::string>> own_;  // regions and names of what was started here
};

}  // namespace copy
