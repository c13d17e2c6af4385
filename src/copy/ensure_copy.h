#pragma once

#include <expected>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "src/cloud/image_cloud.h"
#include "src/copy/engine.h"
#include "src/copy/matches.h"
#include "src/core/clock.h"
#include "src/core/log.h"

namespace copy {

struct EnsureRequest {
  cloud::CopyRequest copy;
  bool adopts_by_name = false;  ///< adopt any image of the copy's name that may be this copy
};

/// A copy that runs or has ended.
struct EnsuredCopy {
  cloud::CopyReference copy;
  std::optional<cloud::CopyStatus> adopted;  ///< the image that was there already; nothing was started
  bool by_name = false;                      ///< it was adopted because of its name alone
  std::vector<std::string> duplicates;       ///< IDs of other images that are this copy, too

  bool operator==(const EnsuredCopy&) const = default;
};

/// Why there is no copy.
struct EnsureFailure {
  cloud::Error error;
  std::vector<std::string> conflicts;  ///< IDs of images that have the copy's name
  bool may_have_started = false;       ///< a copy call has an unknown outcome: the cloud may be copying
};

/// Starts a copy, or adopts it if it is there already. Lists the destination before each copy call, because
/// the copy may be there from a run that was killed, from another pipeline, or from a call whose response was
/// lost. Waits for admission to the quota, and while the source is busy.
class EnsureCopy {
 public:
  using Outcome = std::expected<EnsuredCopy, EnsureFailure>;

  /// `ticket`: the copy's own; it counts the copy if that runs in the end.
  EnsureCopy(Engine& engine, AdmissionQueue::Ticket& ticket, core::Logger& log, EnsureRequest request);

  Outcome run(const core::Context& context);

 private:
  enum class Step {
    inspect,  ///< list the destination, and adopt the copy if it is there
    enter,    ///< wait for admission
    start,    ///< send the copy call
    pause,    ///< wait before the next inspection
  };
  using Next = std::variant<Step, Outcome>;

  /// The newest copy call that may have started the copy.
  struct DoubtfulCall {
    enum class Outlook {
      none,        ///< there was no such call
      unknown,     ///< the response was lost: the copy may appear
      name_taken,  ///< refused because of the name: maybe the name of this very copy, not listed yet
      absent,      ///< the response was lost, and the copy did not appear in time
    };
    Outlook outlook = Outlook::none;
    core::Instant sent;
  };

  enum class Scope {
    region,  ///< the whole region, as the cache has it
    name,    ///< only images of the copy's name, at once
  };

  Next inspect(const core::Context& context);
  Next enter(const core::Context& context);
  Next start(const core::Context& context);
  Next pause(const core::Context& context);

  // What an inspection finds.
  [[nodiscard]] cloud::Result<ImageCache::Images> list(const core::Context& context);
  [[nodiscard]] Next not_listed(const cloud::Error& error);
  Next adopt(EnsuredCopy found, const core::Context& context);
  Next adopt_only(const std::vector<cloud::CopyStatus>& candidates, bool by_name,
                  const core::Context& context);
  Next name_conflict(const Matches& matches, bool is_held_here);
  Next wait_for_removal(const std::string& image_id);
  Next inspect_again(cloud::Error reason);
  Next absent();
  /// An image of the copy's name that this process is removing; null if there is none.
  [[nodiscard]] const cloud::CopyStatus* find_leaving(const Matches& matches) const;
  /// Moves the images that other objects of this process hold to `foreign`. Returns whether there were any.
  bool set_held_apart(Matches& matches) const;
  /// Those that were not there before the first copy call, and that no other copy of this process has made.
  [[nodiscard]] std::vector<cloud::CopyStatus> appeared(const std::vector<cloud::CopyStatus>& images) const;
  /// Returns nullopt if all are gone.
  std::optional<Next> remove_failed(const std::vector<cloud::CopyStatus>& failed,
                                    const core::Context& context);

  // After the queue and the copy call.
  [[nodiscard]] Next not_admitted(const core::Context& context) const;
  Next not_started(const cloud::Error& error);
  Next queue_again(const cloud::Error& error, Rejection rejection);

  [[nodiscard]] bool may_source_appear() const;
  [[nodiscard]] bool is_within_visibility_delay(core::Instant since) const;
  [[nodiscard]] Next fail(cloud::Error error, std::vector<std::string> conflicts = {}) const;

  const EnginePolicies& policies_;
  Engine& engine_;
  cloud::ImageCloud& cloud_;
  ImageCache& cache_;
  Ownership& ownership_;
  AdmissionQueue& admission_;
  core::Clock& clock_;
  AdmissionQueue::Ticket& ticket_;
  core::Logger& log_;
  const cloud::CopyRequest request_;
  const bool adopts_by_name_;
  const core::Instant begin_;
  Scope scope_ = Scope::region;   // of the next inspection
  core::Instant oldest_listing_;  // a shared listing from before this does not count
  ImageCache::Images before_;     // the images before the first copy call; null until listed
  DoubtfulCall doubtful_;
  int doubtful_calls_ = 0;
  std::optional<cloud::Error> last_error_;  // why the next inspection is not the first
};

}  // namespace copy
