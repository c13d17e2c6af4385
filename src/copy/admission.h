#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "src/cloud/image_cloud.h"
#include "src/copy/policies.h"
#include "src/core/clock.h"

namespace copy {

/// Names a copy in an `Admission`. The copy with the smaller number came earlier.
using TicketNumber = std::uint64_t;

/// Why the cloud did not start a copy.
enum class Rejection {
  other,
  full,         ///< too many copies run
  source_busy,  ///< another operation uses the source image
};

/// Decides which of the copies from one source region may start. Those of this process and those of other
/// runs count together. The first to come is the first to start, except that only the first tries while the
/// cloud has no room although it should, and that copies of a busy source let others pass. While other runs
/// copy from the region, too, copies start one by one, so that each run sees what the others have started.
///
/// Has neither clock nor lock, and calls no cloud: callers pass the time and report what they observe.
class Admission {
 public:
  explicit Admission(const AdmissionPolicy& policy) : policy_(policy) {}

  void add(TicketNumber number, std::string source_image_id);
  /// Its copy has ended, or never ran. One that ended leaves room, whatever the cloud said before.
  void remove(TicketNumber number);

  /// Asks for admission. Returns true if the copy was admitted before and there still is room for all that
  /// were. Otherwise it waits.
  bool request(TicketNumber number);
  /// Admits a waiting copy if it is its turn. Returns whether it is admitted.
  bool try_enter(TicketNumber number, core::Instant now);
  /// It does not wait any more.
  void withdraw(TicketNumber number);

  /// The cloud refused to start the copy, which must request admission again.
  void reject(TicketNumber number, Rejection rejection, core::Instant now);
  /// The copy may run or not: it counts as running, and the next may start.
  void keep(TicketNumber number);
  /// The copy runs, admitted or not.
  void run(TicketNumber number);
  /// The copy runs, and counts until `end_detached`, whatever becomes of its number.
  void detach(TicketNumber number, const cloud::CopyReference& copy);
  void end_detached(const cloud::CopyReference& copy);
  [[nodiscard]] const std::vector<cloud::CopyReference>& detached() const { return detached_; }

  /// How many copies of other runs go to this destination.
  void observe_others(const cloud::RegionKey& destination, int count);
  /// Whether copies of other runs were ever observed.
  [[nodiscard]] bool is_shared() const { return is_shared_; }
  /// Where there may be copies of other runs.
  [[nodiscard]] std::vector<cloud::RegionKey> shared_destinations() const;

  /// The copies that wait and may have to act now.
  [[nodiscard]] std::vector<TicketNumber> to_wake(core::Instant now) const;
  /// When a waiting copy has to act although nobody wakes it.
  core::Instant next_action(TicketNumber number, core::Instant now);
  /// Whether this copy has to observe the detached copies and those of other runs now. If so, it is the only
  /// one for a while.
  bool begin_observation(TicketNumber number, core::Instant now);

 private:
  enum class State {
    idle,
    waiting,
    starting,  ///< admitted; whether it runs is not known
    running,
  };
  struct Copy {
    std::string source_image_id;
    State state = State::idle;
  };
  /// When to try again if no event reports that there is room.
  struct RetryTimer {
    core::Instant since;
    core::Instant next;
  };

  static bool is_inside(const Copy& copy);
  [[nodiscard]] int count_running() const;
  [[nodiscard]] bool has_room(core::Instant now) const;
  [[nodiscard]] bool is_held_up(const Copy& copy, core::Instant now) const;
  [[nodiscard]] std::optional<TicketNumber> first_able(core::Instant now) const;
  [[nodiscard]] std::optional<TicketNumber> first_of_source(const std::string& source_image_id) const;
  void leave(Copy& copy);
  static RetryTimer schedule(const std::optional<RetryTimer>& timer, const ProportionalPolling& polling,
                             core::Instant now);
  void schedule_source(const std::string& source_image_id, core::Instant now);

  AdmissionPolicy policy_;
  std::map<TicketNumber, Copy> copies_;
  std::vector<cloud::CopyReference> detached_;
  std::map<cloud::RegionKey, int> others_;
  bool is_shared_ = false;
  std::optional<RetryTimer> full_;          // the cloud has no room
  std::map<std::string, RetryTimer> busy_;  // source images, by ID
  std::optional<RetryTimer> observation_;   // of what takes the room and reports no end
};

}  // namespace copy
