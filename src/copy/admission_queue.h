#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "src/cloud/image_cloud.h"
#include "src/copy/image_cache.h"
#include "src/copy/policies.h"
#include "src/core/clock.h"
#include "src/core/wait_condition.h"

namespace copy {

/// Lets only so many copies run at once from each source region of one cloud, counted together with those of
/// other runs that the cloud shows. The rest wait their turn, first come, first served; while the cloud has
/// no room although it should, only the first of them tries, and while a source image is busy only the first
/// of those that copy it. Where other runs share the room, copies are started one by one, so that each run
/// sees what the others have started.
class AdmissionQueue {
 public:
  AdmissionQueue(cloud::ImageCloud& cloud, ImageCache& cache, core::Clock& clock,
                 const AdmissionPolicy& policy = {})
      : cloud_(cloud), cache_(cache), clock_(clock), policy_(policy) {}

  enum class Turn {
    at_once,
    after_waiting,  ///< things may have changed
    never,          ///< the context ended before
  };

  /// Why a copy was not started.
  enum class Rejection {
    other,
    full,         ///< the cloud runs too many already
    source_busy,  ///< something else happens to the source image
  };

  /// The place of one copy in the queue of its source region, which it leaves at the end of this object.
  class Ticket {
   public:
    Ticket(AdmissionQueue& queue, std::string source_region, std::string source_image_id);
    Ticket(const Ticket&) = delete;
    Ticket& operator=(const Ticket&) = delete;
    ~Ticket();

    /// Waits until the copy may be started. At once if it may already, and still may by all that was seen
    /// since; who has stepped back comes before those who came later.
    Turn enter(const core::Context& context);

    /// Whether copies of other runs have been seen that need the same room.
    [[nodiscard]] bool is_shared() const;

    /// The copy was not started.
    void step_back(Rejection rejection);

    /// The copy may run or not: its place is kept, and others need not wait until that is known.
    void stay();

    /// The copy runs, whether there was room for it or not.
    void run(const cloud::CopyReference& copy);

    /// It goes on when this object ends: until it is seen to have ended, nobody gets its place.
    void run_on(const cloud::CopyReference& copy);

   private:
    friend class AdmissionQueue;

    AdmissionQueue& queue_;
    const std::string source_region_;
    const std::string source_image_id_;
    std::uint64_t number_ = 0;
    core::WaitCondition wake_up_;
  };

  /// Takes note of what runs in a destination and was not started here.
  void see(const std::string& region, const std::string& project, const ImageCache::Images& images);

 private:
  using Destination = std::pair<std::string, std::string>;  // region and project

  /// Waiting for something that nobody tells the end of.
  struct Attempts {
    core::Instant since;
    core::Instant next;
  };
  struct Line {
    std::map<std::uint64_t, Ticket*> waiting;
    std::set<Ticket*> inside;
    std::set<const Ticket*> entering;  // inside, and not started yet
    std::vector<cloud::CopyReference> unattended;
    std::map<Destination, int> others;
    bool is_shared = false;                // there have been others
    std::optional<Attempts> full;          // the cloud has no room
    std::map<std::string, Attempts> busy;  // source images, by id
    std::optional<Attempts> looks;         // at what nobody here follows and takes the room
  };

  [[nodiscard]] int count_running(const Line& line) const;
  [[nodiscard]] bool has_room(const Line& line) const;
  /// Its source is busy: with a copy that runs here, or it is not yet time to try again.
  [[nodiscard]] bool is_held_up(const Line& line, const Ticket& ticket) const;
  /// The first whose source is not busy; null: there is none.
  [[nodiscard]] Ticket* first_able(const Line& line) const;
  static Ticket* first_of_source(const Line& line, const std::string& source_image_id);
  void schedule_retry(std::optional<Attempts>& attempts, const ProportionalPolling& polling) const;
  void schedule_source_retry(Line& line, const std::string& source_image_id) const;
  /// The first of the line may go in, or has to look after what holds it up.
  void call_first(Line& line) const;
  void leave(Line& line, Ticket& ticket);
  void wait(std::unique_lock<std::mutex>& lock, Line& line, Ticket& ticket, const core::Context& context);
  void look_at_unattended(std::unique_lock<std::mutex>& lock, Line& line, const core::Context& context);
  void look_at_others(std::unique_lock<std::mutex>& lock, const Line& line, const core::Context& context);

  cloud::ImageCloud& cloud_;
  ImageCache& cache_;
  core::Clock& clock_;
  const AdmissionPolicy policy_;
  std::mutex mutex_;  // guards all below, and the tickets that they point to
  std::uint64_t last_number_ = 0;
  std::map<std::string, Line> lines_;  // by source region; none is ever taken out
  std::map<Destination, ImageCache::Images> seen_;
  std::set<std::pair<std::string, std::string>> own_;  // regions and names of what was started here
};

}  // namespace copy
