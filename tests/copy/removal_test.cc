#include "src/copy/removal.h"

#include <algorithm>

#include "src/copy/engine.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_cloud.h"

using cloud::CopyState;
using cloud::ErrorKind;
using copy::RemovalEnd;
using fakes::copy_status;
using fakes::failure;
using fakes::kAbsent;
using namespace std::chrono_literals;

namespace {

struct World {
  fakes::FakeClock clock;
  fakes::FakeCloud cloud;
  copy::Engine engine{cloud, clock};
  std::stop_source stop;
  cloud::CopyReference reference{.source_region = "r1",
                                 .source_image_id = "m-src",
                                 .destination_region = "r2",
                                 .name = "copy",
                                 .image_id = "m-new",
                                 .last_state = CopyState::queued};
  copy::Visibility visibility{.started = clock.utc()};
  std::vector<std::string> snapshot_ids;
  bool with_snapshots = true;
  bool force = false;

  copy::RemovalOutcome remove(std::chrono::milliseconds time = 30min) {
    const core::Context context{.deadline = clock.now() + time, .stop = stop.get_token()};
    return copy::Removal(engine, clock,
                         {.copy = reference,
                          .visibility = visibility,
                          .snapshot_ids = snapshot_ids,
                          .with_snapshots = with_snapshots,
                          .force = force},
                         context)
        .run();
  }
  [[nodiscard]] long count(const std::string& call) const { return std::ranges::count(cloud.calls, call); }
};

/// The status of a finished copy whose image has these snapshots.
cloud::CopyStatus built_on(std::vector<std::string> snapshots) {
  auto status = copy_status(CopyState::available);
  status.image->snapshot_ids = std::move(snapshots);
  return status;
}

}  // namespace

TEST_CASE("a running copy is canceled and read until it is gone") {
  World world;
  world.cloud.describe_results = {copy_status(CopyState::copying), copy_status(CopyState::copying), kAbsent};
  CHECK(world.remove().end == RemovalEnd::gone);
  CHECK(world.cloud.calls ==
        std::vector<std::string>{"describe", "cancel m-new", "describe", "cancel m-new", "describe"});
}

TEST_CASE("a finished copy is deleted and read until it is gone") {
  World world;
  world.cloud.describe_results = {copy_status(CopyState::available), kAbsent};
  CHECK(world.remove().end == RemovalEnd::gone);
  CHECK(world.cloud.calls == std::vector<std::string>{"describe", "delete m-new", "describe"});
}

TEST_CASE("a copy that finishes while it is canceled is deleted") {
  World world;
  world.cloud.describe_results = {copy_status(CopyState::copying), copy_status(CopyState::available),
                                  kAbsent};
  world.cloud.cancel_results = {std::unexpected(failure(ErrorKind::not_copying))};
  CHECK(world.remove().end == RemovalEnd::gone);
  CHECK(world.count("delete m-new") == 1);
}

TEST_CASE("a copy that cannot be canceled is waited for and then deleted") {
  World world;
  world.cloud.describe_results = {copy_status(CopyState::copying), copy_status(CopyState::copying),
                                  copy_status(CopyState::copying), copy_status(CopyState::available),
                                  kAbsent};
  world.cloud.cancel_results = {std::unexpected(failure(ErrorKind::cannot_cancel))};
  CHECK(world.remove().end == RemovalEnd::gone);
  CHECK(world.count("cancel m-new") == 1);
  CHECK(world.count("delete m-new") == 1);
}

TEST_CASE("a copy that can neither be canceled nor ends in time is kept") {
  World world;
  world.cloud.describe_results = {copy_status(CopyState::copying, 55)};
  world.cloud.cancel_results = {std::unexpected(failure(ErrorKind::cannot_cancel))};
  const auto outcome = world.remove(10min);
  CHECK(outcome.end == RemovalEnd::timed_out);
  CHECK(outcome.last_status->progress_percent == 55);
  CHECK(world.clock.passed() == 10min);
}

TEST_CASE("a delete that is refused because the copy still runs leads to a cancel") {
  World world;
  world.cloud.describe_results = {copy_status(CopyState::available), copy_status(CopyState::copying),
                                  kAbsent};
  world.cloud.delete_results = {std::unexpected(failure(ErrorKind::still_copying))};
  CHECK(world.remove().end == RemovalEnd::gone);
  CHECK(world.count("cancel m-new") == 1);
}

TEST_CASE("an image that is already gone is not deleted") {
  World world;
  world.visibility.listed = true;
  world.cloud.describe_results = {kAbsent};
  CHECK(world.remove().end == RemovalEnd::gone);
  CHECK(world.cloud.calls == std::vector<std::string>{"describe", "describe"});
}

TEST_CASE("a delete by another run counts as done") {
  World world;
  world.cloud.describe_results = {copy_status(CopyState::available), kAbsent};
  world.cloud.delete_results = {std::unexpected(failure(ErrorKind::not_found))};
  CHECK(world.remove().end == RemovalEnd::gone);
}

TEST_CASE("a copy that is not listed yet is canceled, too") {
  World world;
  world.cloud.describe_results = {kAbsent, kAbsent, copy_status(CopyState::copying), kAbsent};
  world.cloud.cancel_results = {std::unexpected(failure(ErrorKind::not_found)), {}};
  CHECK(world.remove().end == RemovalEnd::gone);
  CHECK(world.count("cancel m-new") == 2);
}

TEST_CASE("a failed copy that left no image is gone") {
  World world;
  world.reference.image_id.clear();
  world.reference.job_id = "job";
  world.cloud.describe_results = {cloud::CopyStatus{.state = CopyState::failed}};
  CHECK(world.remove().end == RemovalEnd::gone);
  CHECK(world.cloud.calls == std::vector<std::string>{"describe"});
}

TEST_CASE("an image in use stays, and the cloud's refusal is reported") {
  World world;
  world.cloud.describe_results = {copy_status(CopyState::available)};
  world.cloud.delete_results = {std::unexpected(failure(ErrorKind::in_use, "InUse"))};
  const auto outcome = world.remove();
  CHECK(outcome.end == RemovalEnd::refused);
  CHECK(outcome.last_error->code == "InUse");
}

TEST_CASE("transient errors do not end a removal") {
  World world;
  world.cloud.describe_results = {
      std::unexpected(failure(ErrorKind::unavailable)), copy_status(CopyState::available),
      std::unexpected(failure(ErrorKind::throttled)), copy_status(CopyState::available), kAbsent};
  world.cloud.delete_results = {std::unexpected(failure(ErrorKind::unavailable)), {}};
  CHECK(world.remove().end == RemovalEnd::gone);
}

TEST_CASE("a stop ends a removal at once") {
  World world;
  world.cloud.describe_results = {copy_status(CopyState::copying)};
  world.clock.on_sleep = [&] { world.stop.request_stop(); };
  CHECK(world.remove().end == RemovalEnd::stopped);
}

TEST_CASE("the snapshots in the state and those that the cloud lists are deleted after the image") {
  World world;
  world.snapshot_ids = {"s-1"};
  world.cloud.describe_results = {built_on({"s-1", "s-2"}), kAbsent};
  const auto outcome = world.remove();
  CHECK(outcome.end == RemovalEnd::gone);
  CHECK(outcome.snapshots_left.empty());
  CHECK(world.cloud.calls == std::vector<std::string>{"describe", "delete m-new", "describe",
                                                      "delete snapshot s-1", "delete snapshot s-2"});
}

TEST_CASE("the snapshots of a canceled copy are deleted, too") {
  World world;
  auto running = copy_status(CopyState::copying);
  running.image->snapshot_ids = {"s-1"};
  world.cloud.describe_results = {running, kAbsent};
  CHECK(world.remove().end == RemovalEnd::gone);
  CHECK(world.count("delete snapshot s-1") == 1);
}

TEST_CASE("the snapshots are kept if they are not requested to be deleted") {
  World world;
  world.with_snapshots = false;
  world.snapshot_ids = {"s-1"};
  auto status = built_on({"s-1"});
  status.image->extras = cloud::Extras(std::string("backup"));
  world.cloud.describe_results = {status, kAbsent};
  CHECK(world.remove().end == RemovalEnd::gone);
  CHECK(world.cloud.calls == std::vector<std::string>{"describe", "delete m-new", "describe"});
}

TEST_CASE("deleting a snapshot is retried while it is busy, and one that is gone counts as deleted") {
  World world;
  world.cloud.describe_results = {built_on({"s-1", "s-2"}), kAbsent};
  world.cloud.snapshot_delete_results = {std::unexpected(failure(ErrorKind::busy)),
                                         std::unexpected(failure(ErrorKind::not_found)),
                                         std::unexpected(failure(ErrorKind::throttled)),
                                         {}};
  CHECK(world.remove().end == RemovalEnd::gone);
  CHECK(world.count("delete snapshot s-1") == 3);
  CHECK(world.count("delete snapshot s-2") == 1);
}

TEST_CASE("a snapshot that cannot be deleted is reported, and the others are deleted") {
  World world;
  world.cloud.describe_results = {built_on({"s-1", "s-2"}), kAbsent};
  world.cloud.snapshot_delete_results = {std::unexpected(failure(ErrorKind::in_use, "SnapshotCreatedDisk")),
                                         {}};
  const auto outcome = world.remove();
  CHECK(outcome.end == RemovalEnd::refused);
  CHECK(outcome.image_is_gone);
  CHECK(outcome.snapshots_left == std::vector<std::string>{"s-1"});
  CHECK(outcome.last_error->code == "SnapshotCreatedDisk");
  CHECK(world.count("delete snapshot s-2") == 1);
}

TEST_CASE("a snapshot that stays busy is given up after a while") {
  World world;
  world.cloud.describe_results = {built_on({"s-1"}), kAbsent};
  world.cloud.snapshot_delete_results = {std::unexpected(failure(ErrorKind::busy))};
  const auto outcome = world.remove(10min);
  CHECK(outcome.end == RemovalEnd::refused);
  CHECK(world.clock.passed() < 3min);
  CHECK(outcome.image_is_gone);
  CHECK(outcome.snapshots_left == std::vector<std::string>{"s-1"});
}

TEST_CASE("the backup of a full-server image is deleted with it, and force is passed on") {
  World world;
  world.force = true;
  auto status = copy_status(CopyState::available);
  status.image->extras = cloud::Extras(std::string("backup"));
  world.cloud.describe_results = {status, kAbsent};
  CHECK(world.remove().end == RemovalEnd::gone);
  CHECK(world.count("delete m-new by force with its backup") == 1);
}

TEST_CASE("if deletes never find an image that is listed, the cloud's error is reported") {
  World world;
  world.cloud.describe_results = {copy_status(CopyState::available)};
  world.cloud.delete_results = {std::unexpected(failure(ErrorKind::not_found))};
  const auto outcome = world.remove();
  CHECK(outcome.end == RemovalEnd::refused);
  CHECK(outcome.last_error->kind == ErrorKind::not_found);
  CHECK(world.clock.passed() < 5min);
}

TEST_CASE(
    "a finished image that serves as a source is deleted, though its status looks like that of a copy") {
  World world;
  world.cloud.describe_results = {copy_status(CopyState::copying), copy_status(CopyState::copying), kAbsent};
  world.cloud.cancel_results = {std::unexpected(failure(ErrorKind::not_copying))};
  CHECK(world.remove().end == RemovalEnd::gone);
  CHECK(world.count("cancel m-new") == 1);
  CHECK(world.count("delete m-new") == 1);
}

TEST_CASE("an image that one response leaves out is deleted all the same") {
  World world;
  world.visibility.listed = true;
  world.cloud.describe_results = {kAbsent, copy_status(CopyState::available), kAbsent};
  CHECK(world.remove().end == RemovalEnd::gone);
  CHECK(world.count("delete m-new") == 1);
}

TEST_CASE("an image in an unknown state is deleted once the cloud reports that it is not being copied") {
  World world;
  world.cloud.describe_results = {copy_status(CopyState::unknown), copy_status(CopyState::unknown), kAbsent};
  world.cloud.cancel_results = {std::unexpected(failure(ErrorKind::not_copying))};
  CHECK(world.remove().end == RemovalEnd::gone);
  CHECK(world.cloud.calls ==
        std::vector<std::string>{"describe", "cancel m-new", "describe", "delete m-new", "describe"});
}
