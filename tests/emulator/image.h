#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/emulator/clouds.h"
#include "tests/emulator/durations.h"

namespace emulator {

/// `system` is a public image; `whole`, a full server with its data disks; `package`, Baidu's image that is
/// bound to snapshots of data disks.
enum class ImageKind { custom, system, shared, market, iso, whole, package };

/// The name of `system` is `public`.
std::string_view name_of(ImageKind kind);
std::optional<ImageKind> parse_image_kind(std::string_view name);

/// The states of an image on the three clouds. Each cloud's replies convert them to its own status names.
enum class ImageState { waiting, copying, creating, available, unavailable, failed, broken, deprecated };

std::string_view name_of(ImageState state);

/// Accepts the names above and the status names of the three clouds, in any letter case.
std::optional<ImageState> parse_image_state(std::string_view word);

/// How a copy ends. `uncancellable` succeeds, and cannot be canceled before.
enum class Outcome { success, fail, never, uncancellable };

std::string_view name_of(Outcome outcome);
std::optional<Outcome> parse_outcome(std::string_view name);

/// How copies of an image proceed. The default duration is the emulator's.
struct CopyPlan {
  std::optional<Duration> duration;
  Outcome outcome = Outcome::success;
  int fail_at_percent = 50;
  std::string fail_code;
  std::string fail_reason;
};

/// Orders by cloud, region and id.
struct ImageKey {
  Cloud cloud{};
  std::string region;
  std::string id;

  auto operator<=>(const ImageKey&) const = default;
};

struct Image {
  ImageKey key;
  std::string account;
  std::string project_id;  ///< Huawei only
  std::string name;
  std::string description;
  ImageKind kind = ImageKind::custom;
  ImageState state = ImageState::available;
  int size_gb = 40;
  std::vector<int> data_disks_gb;
  std::string os_type = "linux";
  std::string os_name = "Ubuntu 22.04 server 64bit";
  std::string architecture = "x86_64";
  bool encrypted = false;
  std::string kms_key_id;
  std::map<std::string, std::string> tags;
  std::string resource_group_id;  ///< Alibaba's resource group, Huawei's enterprise project
  std::vector<std::string> snapshot_ids;
  std::map<std::string, std::string> attributes;  ///< Huawei: those set by an update
  bool is_protected = false;
  bool in_use = false;
  bool shared_to_others = false;
  UtcTime created;
  UtcTime updated;
  UtcTime visible_from;
  int hidden_reads = 0;  ///< number of further reads that do not return it

  bool copied = false;
  std::string source_region;
  std::string source_image_id;
  std::string copy_id;

  CopyPlan plan;
};

enum class CopyPhase { waiting, running, succeeded, failed, cancelled };

std::string_view name_of(CopyPhase state);

/// A copy of an image; on Huawei, the job.
struct Copy {
  std::string id;
  std::uint64_t number = 0;  ///< order of submission
  std::string account;
  std::string project_id;  ///< Huawei only: the project in which the job was started
  ImageKey source;
  ImageKey target;
  std::string name;
  CopyPlan plan;
  Duration duration{0};
  CopyPhase state = CopyPhase::waiting;
  UtcTime submitted;
  std::optional<UtcTime> started;
  std::optional<UtcTime> ended;

  [[nodiscard]] bool active() const { return state == CopyPhase::waiting || state == CopyPhase::running; }

  /// When the copy ends. Returns nullopt while it waits, and if it never ends.
  [[nodiscard]] std::optional<UtcTime> end() const;

  /// Progress in percent: 0 while it waits, at most 99 while it runs, 100 only after it succeeded.
  [[nodiscard]] int percent(UtcTime now) const;

  /// The remaining time; zero if the copy is not running.
  [[nodiscard]] Duration remaining(UtcTime now) const;
};

/// What belongs to an image in its region: disk snapshots on Alibaba, backups on Huawei.
struct Snapshot {
  ImageKey key;
  std::string account;
  std::string image_id;
  std::string device;
  bool system_disk = true;
  int size_gb = 0;
  bool encrypted = false;
  std::string kms_key_id;
  std::string source_region;
  std::string source_snapshot_id;
  UtcTime created;
  int busy_deletes = 0;  ///< number of further deletions that fail after the image was deleted
};

}  // namespace emulator
