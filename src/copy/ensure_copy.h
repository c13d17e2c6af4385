#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "src/cloud/image_cloud.h"
#include "src/copy/elapsed_polling.h"
#include "src/copy/engine.h"
#include "src/copy/matches.h"
#include "src/core/clock.h"
#include "src/core/log.h"

namespace copy {

/// How a copy came to be.
struct EnsuredCopy {
  cloud::CopyReference copy;
  std::optional<cloud::CopyStatus> taken_over;  ///< it was there before; nothing new was started
  bool is_adopted = false;                      ///< for its name only
  std::vector<std::string> others;              ///< images beside it that are this copy, too

  bool operator==(const EnsuredCopy&) const = default;
};

/// Why there is none.
struct EnsureFailure {
  cloud::Error error;
  std::vector<std::string> rivals;  ///< images that have its name, and may be it or not
  bool may_run = false;             ///< an answer was lost: the cloud may have started the copy all the same
};

/// Starts a copy, once. Before each call the destination is looked through for the copy itself: it may be
/// there from a run that was killed, from another pipeline, or from a call whose answer was lost. Waits its
/// turn in the queue, and while the source is busy.
class EnsureCopy {
 public:
  /// `ticket`: of this copy; it is left running there if it is. `adopts`: any image of the copy's name is
  /// taken over.
  EnsureCopy(Engine& engine, AdmissionQueue::Ticket& ticket, core::Clock& clock, core::Logger& log,
             cloud::CopyRequest request, bool adopts);

  std::expected<EnsuredCopy, EnsureFailure> run(const core::Context& context);

 private:
  using Outcome = std::expected<EnsuredCopy, EnsureFailure>;

  /// Nothing: the copy is not there, as far as can be seen.
  std::optional<Outcome> look(const core::Context& context);
  [[nodiscard]] cloud::Result<ImageCache::Images> list(const core::Context& context);
  /// Nothing: another attempt may go better.
  std::optional<Outcome> start(const core::Context& context);
  std::optional<Outcome> not_seen(const cloud::Error& error);
  std::optional<Outcome> take_over_one_of(const std::vector<cloud::CopyStatus>& images);
  std::optional<Outcome> take_over(const cloud::CopyStatus& view);
  bool wait_for_leaving(const Matches& matches);
  bool set_apart_held(Matches& matches) const;
  void look_again(cloud::Error error);
  [[nodiscard]] std::vector<cloud::CopyStatus> newcomers(const std::vector<cloud::CopyStatus>& images) const;

  /// Whether the copy may have been started, and not be listed yet.
  [[nodiscard]] bool may_still_appear() const;

  /// Nothing: another attempt may go better.
  std::optional<EnsureFailure> refused(const cloud::Error& error);
  std::optional<EnsureFailure> pause(const core::Context& context);
  [[nodiscard]] EnsureFailure left_waiting(const core::Context& context) const;
  [[nodiscard]] EnsureFailure give_up(cloud::Error error) const;

  cloud::ImageCloud& cloud_;
  ImageCache& cache_;
  Ownership& ownership_;
  AdmissionQueue& admission_;
  AdmissionQueue::Ticket& ticket_;
  core::Clock& clock_;
  core::Logger& log_;
  const cloud::CopyRequest request_;
  const bool adopts_;
  const core::Instant begin_;
  core::Instant seen_since_;  // what the destination showed before does not count
  ElapsedPolling schedule_;
  bool has_looked_ = false;                      // the newest look at the destination went well
  ImageCache::Images present_;                   // before the first call; null: not seen yet
  std::optional<core::Instant> doubtful_since_;  // the newest call that may have started the copy
  bool name_was_taken_ = false;                  // that call was refused for the name, maybe the copy's own
  bool may_run_ = false;
  bool looks_again_ = false;  // what others have been told of the destination is not enough
  std::optional<cloud::Error> last_error_;
};

}  // namespace copy
