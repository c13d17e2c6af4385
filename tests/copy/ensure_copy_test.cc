#include "src/copy/ensure_copy.h"

#include "src/copy/engine.h"
#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_cloud.h"

using cloud::CopyState;
using cloud::CopyStatus;
using cloud::ErrorKind;
using fakes::failure;
using namespace std::chrono_literals;

namespace {

constexpr cloud::Traits kStoresKey = {.stores_copy_key = true, .names_unique = true};
constexpr cloud::Traits kReportsSource = {.reports_source = true};
constexpr cloud::Traits kReportsNothing = {.names_unique = true};

using Images = std::vector<CopyStatus>;

struct World {
  fakes::FakeClock clock;
  fakes::FakeCloud cloud;
  core::NullLogger log;
  copy::Engine engine{cloud, clock};
  std::stop_source stop;
  cloud::CopyRequest request{
      .spec = {.source_region = "r1", .source_image_id = "m-src", .destination_region = "r2", .name = "copy"},
      .copy_key = "key-1"};
  bool adopts_by_name = false;

  explicit World(cloud::Traits traits) : cloud(traits) { cloud.start_results = {reference("m-new")}; }

  std::expected<copy::EnsuredCopy, copy::EnsureFailure> start(std::chrono::milliseconds time = 3h) {
    copy::AdmissionQueue::Ticket ticket(engine.admission(), request.spec.source_region.value(),
                                        request.spec.source_image_id.value());
    return copy::EnsureCopy(engine, ticket, log, {.copy = request, .adopts_by_name = adopts_by_name})
        .run({.deadline = clock.now() + time, .stop = stop.get_token()});
  }

  static cloud::CopyReference reference(const std::string& id) {
    return {.destination_region = "r2", .image_id = id};
  }

  /// An image of this very copy, as far as the cloud identifies copies.
  [[nodiscard]] CopyStatus own(const std::string& id, CopyState state = CopyState::copying) const {
    CopyStatus status = namesake(id, state);
    if (cloud.traits().stores_copy_key) status.image->copy_key = request.copy_key;
    if (cloud.traits().reports_source) status.image->origin = {.region = "r1", .image_id = "m-src"};
    return status;
  }

  /// Whether the cloud reports which copy an image is.
  [[nodiscard]] bool identifies_copies() const { return cloud.traits().identifies_copies(); }

  /// An image that only has the copy's name.
  [[nodiscard]] static CopyStatus namesake(const std::string& id, CopyState state = CopyState::available) {
    return {.state = state,
            .image_id = id,
            .image = cloud::Image{.id = id, .name = "copy", .created_at = "2026-01-01T00:00:00Z"}};
  }

  [[nodiscard]] long start_calls() const {
    return std::ranges::count_if(cloud.calls, [](const auto& call) { return call.starts_with("start"); });
  }
};

}  // namespace

TEST_CASE("a copy is started once, after the destination was listed") {
  World world(GENERATE(kStoresKey, kReportsSource, kReportsNothing));
  const auto started = world.start();
  REQUIRE(started);
  CHECK(started->copy == World::reference("m-new"));
  CHECK_FALSE(started->adopted);
  CHECK(world.start_calls() == 1);
  CHECK(world.cloud.queries.size() == 1);
}

TEST_CASE("a copy is retried while the concurrency limit is reached or the source is busy") {
  World world(GENERATE(kStoresKey, kReportsSource, kReportsNothing));
  world.cloud.start_results = {std::unexpected(failure(ErrorKind::concurrency_limit)),
                               std::unexpected(failure(ErrorKind::busy)), World::reference("m-new")};
  CHECK(world.start()->copy == World::reference("m-new"));
  CHECK(world.start_calls() == 3);
}

TEST_CASE("when the source is busy, the destination is searched for the copy") {
  World world(kReportsNothing);
  world.cloud.on_list = [&] { world.clock.advance(1ms); };
  world.cloud.list_results = {Images{}, Images{World::namesake("m-1", CopyState::copying)}};
  world.cloud.start_results = {std::unexpected(failure(ErrorKind::busy)), World::reference("m-new")};
  const auto started = world.start();
  REQUIRE_FALSE(started);
  CHECK(started.error().conflicts == std::vector<std::string>{"m-1"});
  CHECK(world.start_calls() == 1);
}

TEST_CASE("a copy that the cloud never accepts fails at the deadline with the cloud's error") {
  World world(kReportsSource);
  world.cloud.start_results = {std::unexpected(failure(ErrorKind::concurrency_limit, "TooMany"))};
  const auto started = world.start(10min);
  REQUIRE_FALSE(started);
  CHECK(started.error().error.code == "TooMany");
  CHECK_FALSE(started.error().may_have_started);
  CHECK(world.clock.passed() <= 10min);
}

TEST_CASE("an interrupt ends the wait for the concurrency limit at once") {
  World world(kReportsSource);
  world.cloud.start_results = {std::unexpected(failure(ErrorKind::concurrency_limit))};
  world.clock.on_sleep = [&] { world.stop.request_stop(); };
  CHECK(world.start().error().error.kind == ErrorKind::cancelled);
  CHECK(world.start_calls() == 1);
}

TEST_CASE("any other refusal is not retried") {
  World world(kStoresKey);
  world.cloud.start_results = {std::unexpected(failure(ErrorKind::quota, "Full"))};
  CHECK(world.start().error().error.code == "Full");
  CHECK(world.start_calls() == 1);
}

TEST_CASE("a copy that an earlier run has started is adopted, running or finished") {
  World world(GENERATE(kStoresKey, kReportsSource));
  const CopyState state = GENERATE(CopyState::queued, CopyState::copying, CopyState::available);
  world.cloud.list_results = {Images{World::namesake("m-1"), world.own("m-old", state)}};
  const auto started = world.start();
  REQUIRE(started);
  CHECK(started->copy.image_id == "m-old");
  CHECK(started->copy.source_image_id == "m-src");
  CHECK(started->adopted->state == state);
  CHECK(world.start_calls() == 0);
}

TEST_CASE("an image with another origin, encryption or name is not adopted") {
  World world(kReportsSource);
  CopyStatus elsewhere = world.own("m-1");
  elsewhere.image->origin = {.region = "r1", .image_id = "m-another"};
  CopyStatus encrypted = world.own("m-2");
  encrypted.image->kms_key_id = "k";
  CopyStatus renamed = world.own("m-3");
  renamed.image->name = "renamed";
  world.cloud.list_results = {Images{elsewhere, encrypted, renamed}};
  CHECK_FALSE(world.start()->adopted);
}

TEST_CASE("where names are unique, a taken name is an error that lists the images") {
  World world(GENERATE(kStoresKey, kReportsNothing));
  world.cloud.list_results = {Images{World::namesake("m-1"), World::namesake("m-2")}};
  const auto started = world.start();
  REQUIRE_FALSE(started);
  CHECK(started.error().conflicts == std::vector<std::string>{"m-1", "m-2"});
  CHECK(world.start_calls() == 0);
}

TEST_CASE("an image is adopted by name if that is requested and it is the only one") {
  World world(GENERATE(kStoresKey, kReportsSource, kReportsNothing));
  world.adopts_by_name = true;
  world.cloud.list_results = {Images{World::namesake("m-1")}};
  CHECK(world.start()->copy.image_id == "m-1");
  world.cloud.list_results = {Images{World::namesake("m-1"), World::namesake("m-2")}};
  world.clock.advance(1min);
  CHECK(world.start().error().conflicts.size() == 2);
  CHECK(world.start_calls() == 0);
}

TEST_CASE("a copy whose response was lost is searched for, and adopted when it appears") {
  World world(GENERATE(kStoresKey, kReportsSource, kReportsNothing));
  const ErrorKind kind = GENERATE(ErrorKind::outcome_unknown, ErrorKind::unavailable, ErrorKind::unexpected);
  world.cloud.start_results = {std::unexpected(failure(kind))};
  world.cloud.list_results = {Images{}, Images{}, Images{world.own("m-made")}};
  const auto started = world.start();
  REQUIRE(started);
  CHECK(started->copy.image_id == "m-made");
  CHECK(world.start_calls() == 1);
}

TEST_CASE("a copy whose response was lost and that does not appear in time is started again") {
  World world(GENERATE(kStoresKey, kReportsSource, kReportsNothing));
  world.cloud.start_results = {std::unexpected(failure(ErrorKind::outcome_unknown)),
                               World::reference("m-new")};
  CHECK(world.start()->copy.image_id == "m-new");
  CHECK(world.start_calls() == 2);
  CHECK(world.clock.passed() >= 120s);
}

TEST_CASE("a lost copy call is not repeated while the destination cannot be listed") {
  World world(kReportsSource);
  world.cloud.start_results = {std::unexpected(failure(ErrorKind::outcome_unknown)),
                               World::reference("m-new")};
  world.cloud.list_results = {Images{}, std::unexpected(failure(ErrorKind::unavailable))};
  const auto started = world.start(1h);
  REQUIRE_FALSE(started);
  CHECK(started.error().may_have_started);
  CHECK(started.error().error.kind == ErrorKind::outcome_unknown);
  CHECK(world.start_calls() == 1);
}

TEST_CASE("no copy is started if the destination cannot be listed, unless listing is not permitted at all") {
  World world(kReportsSource);
  world.cloud.list_results = {std::unexpected(failure(ErrorKind::unavailable))};
  CHECK(world.start().error().error.kind == ErrorKind::unavailable);
  CHECK(world.start_calls() == 0);
  World other(kReportsSource);
  other.cloud.list_results = {std::unexpected(failure(ErrorKind::permission_denied))};
  CHECK(other.start());
}

TEST_CASE("a taken name may be that of this copy, which is waited for until it is listed") {
  World world(kStoresKey);
  world.cloud.start_results = {std::unexpected(failure(ErrorKind::name_taken))};
  world.cloud.list_results = {Images{}, Images{}, Images{world.own("m-made")}};
  CHECK(world.start()->copy.image_id == "m-made");

  World other(kStoresKey);
  other.cloud.start_results = {std::unexpected(failure(ErrorKind::name_taken))};
  other.cloud.list_results = {Images{}, Images{World::namesake("m-1")}};
  CHECK(other.start().error().conflicts == std::vector<std::string>{"m-1"});

  World unlisted(kStoresKey);
  unlisted.cloud.start_results = {std::unexpected(failure(ErrorKind::name_taken))};
  CHECK(unlisted.start().error().error.kind == ErrorKind::name_taken);
  CHECK(unlisted.start_calls() == 1);
}

TEST_CASE("a failed image of the same copy is removed before the copy is started") {
  World world(kStoresKey);
  CopyStatus failed = world.own("m-failed", CopyState::failed);
  failed.image->snapshot_ids = {"s-failed"};
  world.cloud.has_snapshots = true;
  world.cloud.list_results = {Images{failed}};
  world.cloud.describe_results = {failed, fakes::kAbsent};
  CHECK(world.start()->copy.image_id == "m-new");
  CHECK(world.cloud.calls == std::vector<std::string>{"describe", "delete m-failed", "describe",
                                                      "delete snapshot s-failed", "start m-src"});
}

TEST_CASE("a copy call that keeps failing without a clear answer is an error within minutes") {
  World world(GENERATE(kStoresKey, kReportsSource, kReportsNothing));
  const ErrorKind kind = GENERATE(ErrorKind::unavailable, ErrorKind::outcome_unknown, ErrorKind::unexpected);
  world.cloud.start_results = {std::unexpected(failure(kind))};
  const auto started = world.start(3h);
  REQUIRE_FALSE(started);
  CHECK(started.error().error.kind == kind);
  CHECK_FALSE(started.error().may_have_started);
  CHECK(world.start_calls() == 3);
  CHECK(world.clock.passed() < 10min);
}

TEST_CASE("a source image that this run has made is waited for until it is listed") {
  World world(kStoresKey);
  world.engine.ownership().made({.destination_region = "r1", .image_id = "m-src"}, "another");
  world.cloud.start_results = {std::unexpected(failure(ErrorKind::not_found)), World::reference("m-new")};
  CHECK(world.start()->copy.image_id == "m-new");
  World other(kStoresKey);
  other.cloud.start_results = {std::unexpected(failure(ErrorKind::not_found))};
  CHECK_FALSE(other.start());
  CHECK(other.start_calls() == 1);
}

TEST_CASE("a renamed image is not this copy, and its old name is free") {
  World world(kStoresKey);
  CopyStatus renamed = world.own("m-old", CopyState::available);
  renamed.image->name = "previous";
  world.cloud.list_results = {Images{renamed}};
  CHECK(world.start()->copy.image_id == "m-new");
}

TEST_CASE("an image that another object of the same run holds is not adopted") {
  World world(GENERATE(kStoresKey, kReportsSource));
  const bool is_renamed_meanwhile = GENERATE(true, false);
  world.cloud.list_results = {Images{world.own("m-held", CopyState::available)}};
  if (is_renamed_meanwhile) world.cloud.list_results.emplace_back(Images{});
  world.engine.ownership().hold({.destination_region = "r2", .image_id = "m-held"});
  const auto started = world.start();
  // Where names may repeat, the held image is no conflict.
  const bool can_start = is_renamed_meanwhile || world.cloud.traits().reports_source;
  REQUIRE(started.has_value() == can_start);
  if (can_start) CHECK(started->copy.image_id == "m-new");
  if (!can_start) CHECK(started.error().conflicts == std::vector<std::string>{"m-held"});
}

TEST_CASE("an image that another object of the same run is only about to hold is not adopted") {
  World world(GENERATE(kStoresKey, kReportsSource));
  world.cloud.list_results = {Images{world.own("m-held", CopyState::available)}, Images{}};
  world.clock.on_sleep = [&] {
    world.engine.ownership().hold({.destination_region = "r2", .image_id = "m-held"});
  };
  const auto started = world.start();
  REQUIRE(started.has_value());
  CHECK(started->copy.image_id == "m-new");
}

TEST_CASE("an image that this run is removing is waited for, and never adopted") {
  World world(GENERATE(kStoresKey, kReportsSource, kReportsNothing));
  const CopyStatus leaving = world.identifies_copies() ? world.own("m-old") : World::namesake("m-old");
  world.cloud.list_results = {Images{leaving}, Images{leaving}, Images{}};
  CHECK_FALSE(world.engine.ownership().begin_removal({.destination_region = "r2", .image_id = "m-old"}));
  CHECK(world.start()->copy.image_id == "m-new");
  CHECK(world.clock.sleeps() == 2);
}

TEST_CASE("an adopted image is not removed, and the copy that adopted it is reported") {
  World world(kStoresKey);
  world.cloud.list_results = {Images{world.own("m-old", CopyState::available)}};
  CHECK(world.start()->copy.image_id == "m-old");
  CHECK(world.engine.ownership().begin_removal({.destination_region = "r2", .image_id = "m-old"}) == "key-1");
}

TEST_CASE("an image of another copy and a failed image are not adopted") {
  World world(GENERATE(kStoresKey, kReportsSource, kReportsNothing));
  world.adopts_by_name = true;
  CopyStatus other = World::namesake("m-other");
  if (world.cloud.traits().stores_copy_key) other.image->copy_key = "another";
  if (world.cloud.traits().reports_source) other.image->origin = {.region = "r1", .image_id = "m-elsewhere"};
  if (!world.identifies_copies()) other.state = CopyState::failed;
  world.cloud.list_results = {Images{other}};
  const auto started = world.start();
  CHECK(started.has_value() == !world.cloud.traits().names_unique);
  CHECK(world.start_calls() == (started ? 1 : 0));
}

TEST_CASE("copies of other runs from the same region count against the limit until they have ended") {
  World world(kReportsSource);
  Images theirs;
  for (int i = 0; i < 5; ++i) {
    theirs.push_back(World::namesake("m-" + std::to_string(i), CopyState::copying));
    theirs.back().image->name = "another";
    theirs.back().image->source_region = "r1";
  }
  world.cloud.list_results = {theirs, theirs, theirs, Images{}};
  REQUIRE(world.start());
  CHECK(world.start_calls() == 1);
  CHECK(world.cloud.queries == std::vector<std::string>(4, "list r2"));
}

TEST_CASE("a copy that waited for admission is searched for once more before it is started") {
  World world(GENERATE(kStoresKey, kReportsSource));
  CopyStatus their_last = World::namesake("m-1", CopyState::copying);
  their_last.image->name = "another";
  their_last.image->source_region = "r1";
  world.cloud.list_results = {Images(5, their_last), Images{world.own("m-made")}};
  const auto started = world.start();
  REQUIRE(started);
  CHECK(started->copy.image_id == "m-made");
  CHECK(world.start_calls() == 0);
}

TEST_CASE("a copy that is not admitted in time or before a stop is not started") {
  World world(kReportsSource);
  CopyStatus theirs = World::namesake("m-1", CopyState::copying);
  theirs.image->name = "another";
  theirs.image->source_region = "r1";
  world.cloud.list_results = {Images(5, theirs)};
  const bool is_stopped = GENERATE(true, false);
  if (is_stopped) world.clock.on_sleep = [&] { world.stop.request_stop(); };
  const auto started = world.start(10min);
  REQUIRE_FALSE(started);
  CHECK(started.error().error.kind == (is_stopped ? ErrorKind::cancelled : ErrorKind::concurrency_limit));
  CHECK(world.start_calls() == 0);
}

TEST_CASE("an image in another resource group is another copy") {
  World world(kReportsSource);
  world.request.spec.resource_group_id = "group-1";
  CopyStatus other = world.own("m-other", CopyState::available);
  other.image->resource_group_id = "group-2";
  world.cloud.list_results = {Images{other}};
  CHECK(world.start()->copy.image_id == "m-new");
  other.image->resource_group_id = "group-1";
  world.cloud.list_results = {Images{other}};
  world.clock.advance(1min);
  CHECK(world.start()->copy.image_id == "m-other");
}

TEST_CASE("when one of several images of a copy is adopted, the others are reported as duplicates") {
  World world(kReportsSource);
  world.cloud.list_results = {Images{world.own("m-b"), world.own("m-a")}};
  const auto started = world.start();
  CHECK(started->copy.image_id == "m-a");
  CHECK(started->duplicates == std::vector<std::string>{"m-b"});
}
