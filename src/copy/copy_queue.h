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

#include "src/cloud/cloud.h"
#include "src/copy/catalog.h"
#include "src/core/bell.h"
#include "src/core/clock.h"

namespace copy {

/// So many copies run at once from one region where nobody says otherwise (reference huaweicloud-ims 4.1).
inline constexpr int kUsualCopiesAtOnce = 5;

/// Lets only so many copies run at once from each source region of one cloud, counted together with those of
/// other runs that the cloud shows. The rest wait their turn, first come, first served; while the cloud has
/// no room although it should, only the first of them tries.
class CopyQueue {
 public:
  CopyQueue(cloud::ImageCloud& cloud, Catalog& catalog, core::Clock& clock, int most)
      : cloud_(cloud), catalog_(catalog), clock_(clock), most_(most) {}

  enum class Turn {
    at_once,
    after_waiting,  ///< things may have changed
    never,          ///< the context ended before
  };

  /// The place of one copy in the queue of its source region, which it leaves at the end of this object.
  class Place {
   public:
    Place(CopyQueue& queue, const std::string& source_region);
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place();

    /// Waits until the copy may be started. At once if it may already; who has stepped back comes before
    /// those who came later.
    Turn enter(const core::Context& context);

    /// The copy was not started. `is_full`: because the cloud runs too many already.
    void step_back(bool is_full);

    /// The copy runs, whether there was room for it or not.
    void run(const cloud::CopyReference& copy);

    /// It goes on when this object ends: until it is seen to have ended, nobody gets its place.
    void run_on(const cloud::CopyReference& copy);

   private:
    friend class CopyQueue;

    CopyQueue& queue_;
    const std::string source_region_;
    std::uint64_t number_ = 0;
    core::Bell bell_;
  };

  /// Takes note of what runs in a destination and was not started here.
  void see(const std::string& region, const std::string& project, const Catalog::Images& images);

 private:
  using Destination = std::pair<std::string, std::string>;  // region and project

  /// Waiting for something that nobody tells the end of.
  struct Attempts {
    core::Instant since;
    core::Instant next;
  };
  struct Line {
    std::map<std::uint64_t, Place*> waiting;
    std::set<Place*> inside;
    std::vector<cloud::CopyReference> unattended;
    std::map<Destination, int> others;
    std::optional<Attempts> full;   // the cloud has no room
    std::optional<Attempts> looks;  // at what nobody here follows and takes the room
  };

  [[nodiscard]] bool has_room(const Line& line) const;
  /// After a quarter of the time so far, at most `longest`.
  void try_later(std::optional<Attempts>& attempts, std::chrono::seconds longest) const;
  /// The first of the line may go in, or has to look after what fills it.
  static void call_first(Line& line);
  void leave(Line& line, Place& place);
  void wait(std::unique_lock<std::mutex>& lock, Line& line, Place& place, const core::Context& context);
  void look_at_unattended(std::unique_lock<std::mutex>& lock, Line& line, const core::Context& context);
  void look_at_others(std::unique_lock<std::mutex>& lock, const Line& line, const core::Context& context);

  cloud::ImageCloud& cloud_;
  Catalog& catalog_;
  core::Clock& clock_;
  const int most_;
  std::mutex mutex_;
  std::uint64_t last_number_ = 0;
  std::map<std::string, Line> lines_;  // by source region; none is ever taken out
  std::map<Destination, Catalog::Images> seen_;
  std::set<std::pair<std::string, std::string>> own_;  // regions and names of what was started here
};

}  // namespace copy
