#pragma once

#include <optional>
#include <string>
#include <vector>

#include "src/cloud/image_cloud.h"
#include "src/copy/elapsed_polling.h"
#include "src/copy/visibility.h"
#include "src/core/clock.h"

namespace copy {

/// What is to be removed, and how.
struct RemovalRequest {
  cloud::CopyReference copy;
  Visibility visibility;
  std::vector<std::string> snapshot_ids;  ///< that the state knows of
  bool with_snapshots = true;             ///< snapshots and backups behind the image go too
  bool force = false;
};

/// How removing a copy ended.
enum class RemovalEnd { gone, timed_out, interrupted, refused };

struct RemovalOutcome {
  RemovalEnd end = RemovalEnd::gone;
  bool image_is_gone = false;
  std::vector<std::string> snapshots_left;  ///< that should have gone too, or are still to go
  std::optional<cloud::CopyStatus> last_view;
  std::optional<cloud::Error> last_error;
};

/// One removal: cancels while the copy runs, deletes when it has ended, looks until it is gone, and then
/// deletes the snapshots that it leaves. Each step looks first and then does what the state calls for, so
/// that every race between reading and doing ends in another step.
class Removal {
 public:
  Removal(cloud::ImageCloud& cloud, core::Clock& clock, RemovalRequest request, const core::Context& context);

  RemovalOutcome run();

 private:
  RemovalOutcome end(RemovalEnd end);

  /// True when the outcome is clear; likewise below.
  bool step();
  bool remove_image();
  bool vanished();
  bool cancel();
  bool destroy();
  bool remove_snapshots();
  bool done();
  bool failed(const cloud::Error& error);

  void remember_snapshots(const std::vector<std::string>& ids);

  cloud::ImageCloud& cloud_;
  core::Clock& clock_;
  const RemovalRequest request_;
  const core::Context& context_;
  ElapsedPolling schedule_;
  cloud::CopyReference copy_;
  RemovalOutcome outcome_;
  bool cancellable_ = true;
  bool seen_ = false;               // the image was listed
  bool touched_ = false;            // a cancel or delete was accepted
  bool has_backup_ = false;         // as the newest look told
  bool refuses_to_cancel_ = false;  // it is no copy for the cloud
  int not_found_ = 0;               // deletes that did not find what is listed
  int failures_ = 0;
  std::optional<core::Instant> gone_at_;
};

}  // namespace copy
