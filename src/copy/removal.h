#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "src/cloud/image_cloud.h"
#include "src/copy/engine.h"
#include "src/copy/visibility.h"
#include "src/core/clock.h"

namespace copy {

/// What is to be removed, and how.
struct RemovalRequest {
  cloud::CopyReference copy;
  Visibility visibility;
  std::vector<std::string> snapshot_ids;  ///< those that the state holds
  bool with_snapshots = true;             ///< delete the snapshots and backups behind the image, too
  bool force = false;
};

/// How removing a copy ended.
enum class RemovalEnd { gone, timed_out, stopped, refused };

struct RemovalOutcome {
  RemovalEnd end = RemovalEnd::gone;
  bool image_is_gone = false;
  std::vector<std::string> snapshots_left;  ///< to be deleted, and not deleted yet
  std::optional<cloud::CopyStatus> last_status;
  std::optional<cloud::Error> last_error;
};

/// One removal: cancels while the copy runs, deletes when it has ended, waits until it is gone, and then
/// deletes the snapshots that it leaves. It reads the copy again before each of these steps, so that every
/// race between reading and acting ends in another step.
class Removal {
 public:
  /// `clock`: the one that the request's `visibility` comes from.
  Removal(Engine& engine, core::Clock& clock, RemovalRequest request, const core::Context& context);

  RemovalOutcome run();

 private:
  enum class Step {
    describe,  ///< read the copy, and decide what its state requires
    cancel,
    delete_image,
    delete_snapshots,
    pause,  ///< wait before the next read, or before the next try to delete the snapshots
  };
  using Next = std::variant<Step, RemovalEnd>;

  /// What shows that the image exists, or did.
  enum class Evidence {
    unconfirmed,  ///< it was not listed, maybe not yet
    confirmed,
    leaving,  ///< the cloud accepted a cancel or a delete
  };

  enum class Cancelling {
    possible,
    pointless,   ///< for the cloud it is no running copy
    impossible,  ///< the cloud cannot cancel it
  };

  Next describe();
  Next cancel();
  Next delete_image();
  Next delete_snapshots();
  Next pause();

  Next vanished();
  Next image_gone();
  Next not_found(const cloud::Error& error);
  Next progressed();
  Next failed(const cloud::Error& error);

  void remember_snapshots(const std::vector<std::string>& ids);

  const RemovalPolicy policy_;
  const VisibilityPolicy visibility_policy_;
  cloud::ImageCloud& cloud_;
  core::Clock& clock_;
  const RemovalRequest request_;
  const core::Context& context_;
  const core::Instant begin_;
  cloud::CopyReference copy_;
  RemovalOutcome outcome_;
  Evidence evidence_ = Evidence::unconfirmed;
  bool is_absence_confirmed_ = false;
  Cancelling cancelling_ = Cancelling::possible;
  cloud::Extras image_extras_;  // as listed last
  int not_found_ = 0;           // deletes that did not find the image before one was accepted
  int failures_ = 0;            // in a row
  core::Instant gone_at_;       // when the image was found gone
};

}  // namespace copy
