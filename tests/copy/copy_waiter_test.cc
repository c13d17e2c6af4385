#include "src/copy/copy_waiter.h"

#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_cloud.h"

using cloud::CopyState;
using cloud::ErrorKind;
using copy::WaitEnd;
using fakes::copy_status;
using fakes::failure;
using fakes::kAbsent;
using namespace std::chrono_literals;

namespace {

struct World {
  fakes::FakeClock clock;
  fakes::FakeCloud cloud;
  core::NullLogger log;
  std::stop_source stop;
  cloud::CopyReference reference{.source_region = "r1",
                                 .source_image_id = "m-src",
                                 .destination_region = "r2",
                                 .name = "copy",
                                 .image_id = "m-new",
                                 .last_state = CopyState::queued};
  copy::Visibility visibility{.started = clock.utc()};
  std::optional<std::int64_t> size_gb;

  copy::Engine engine{cloud, clock};

  copy::CopyWaiter waiter() { return {engine, clock, log}; }
  core::Context within(std::chrono::milliseconds time) {
    return {.deadline = clock.now() + time, .stop = stop.get_token()};
  }
  copy::WaitOutcome wait(std::chrono::milliseconds time = 3h) {
    return waiter().wait({.copy = reference, .visibility = visibility, .size_gb = size_gb}, within(time));
  }
  [[nodiscard]] long count(const std::string& call) const { return std::ranges::count(cloud.calls, call); }
};

}  // namespace

TEST_CASE("a wait ends when the image is available") {
  World world;
  world.cloud.describe_results = {copy_status(CopyState::queued), copy_status(CopyState::copying, 40),
                                  copy_status(CopyState::available, 100)};
  const auto outcome = world.wait();
  CHECK(outcome.end == WaitEnd::available);
  CHECK(outcome.last_status == copy_status(CopyState::available, 100));
}

TEST_CASE("a wait ends when the copy has failed, with the cloud's reason") {
  World world;
  world.cloud.describe_results = {copy_status(CopyState::failed, 40, "disk broken")};
  const auto outcome = world.wait();
  CHECK(outcome.end == WaitEnd::failed);
  CHECK(outcome.last_status->status_reason == "disk broken");
}

TEST_CASE("transient failures of polls never end a wait") {
  World world;
  world.cloud.describe_results.clear();
  for (int i = 0; i < 20; ++i)
    world.cloud.describe_results.emplace_back(std::unexpected(failure(ErrorKind::throttled)));
  for (int i = 0; i < 20; ++i)
    world.cloud.describe_results.emplace_back(std::unexpected(failure(ErrorKind::unreachable)));
  world.cloud.describe_results.emplace_back(copy_status(CopyState::available));
  CHECK(world.wait().end == WaitEnd::available);
}

TEST_CASE(
    "after throttling the next poll waits for the delay that the cloud requests, and the following one the "
    "usual pause") {
  World world;
  cloud::Error throttled = failure(ErrorKind::throttled);
  throttled.retry_after = 5min;
  world.cloud.describe_results = {std::unexpected(throttled), copy_status(CopyState::copying),
                                  copy_status(CopyState::available)};
  std::vector<core::Instant::duration> sleeps;
  world.clock.on_sleep = [&] { sleeps.push_back(world.clock.passed()); };
  CHECK(world.wait().end == WaitEnd::available);
  REQUIRE(sleeps.size() == 3);
  CHECK(sleeps[1] - sleeps[0] == 5min);
  CHECK(sleeps[2] - sleeps[1] == 15s);
}

TEST_CASE("a wait whose polls fail ends at the deadline, and reports the last failure") {
  World world;
  world.cloud.describe_results = {copy_status(CopyState::copying, 30),
                                  std::unexpected(failure(ErrorKind::unavailable))};
  const auto outcome = world.wait(20min);
  CHECK(outcome.end == WaitEnd::timed_out);
  CHECK(outcome.last_status->progress_percent == 30);
  CHECK(outcome.last_error->kind == ErrorKind::unavailable);
  CHECK(world.clock.passed() == 20min);
}

TEST_CASE("a wait ends after three permission errors in a row") {
  World world;
  world.cloud.describe_results = {std::unexpected(failure(ErrorKind::permission_denied)),
                                  std::unexpected(failure(ErrorKind::permission_denied)),
                                  copy_status(CopyState::copying),
                                  std::unexpected(failure(ErrorKind::permission_denied))};
  CHECK(world.wait().end == WaitEnd::refused);
  CHECK(world.count("describe") == 6);
}

TEST_CASE("a stop ends a wait at once with the last known status") {
  World world;
  world.cloud.describe_results = {copy_status(CopyState::copying, 10)};
  world.clock.on_sleep = [&] {
    if (world.clock.sleeps() == 3) world.stop.request_stop();
  };
  const auto outcome = world.wait();
  CHECK(outcome.end == WaitEnd::stopped);
  CHECK(outcome.last_status->progress_percent == 10);
  CHECK(world.count("describe") == 2);
}

TEST_CASE("a new copy that is not listed yet is not gone") {
  World world;
  world.cloud.describe_results = {kAbsent, kAbsent, kAbsent, copy_status(CopyState::available)};
  CHECK(world.wait().end == WaitEnd::available);
}

TEST_CASE("a copy that is no longer listed is gone") {
  World world;
  world.cloud.describe_results = {copy_status(CopyState::copying), kAbsent};
  CHECK(world.wait().end == WaitEnd::gone);
  CHECK(world.count("describe") == 3);
}

TEST_CASE("a copy that one response leaves out is not gone") {
  World world;
  world.cloud.describe_results = {copy_status(CopyState::copying), kAbsent, copy_status(CopyState::copying),
                                  kAbsent, copy_status(CopyState::available)};
  CHECK(world.wait().end == WaitEnd::available);
}

TEST_CASE("a copy that is never listed is gone after the visibility delay") {
  World world;
  world.cloud.describe_results = {kAbsent};
  CHECK(world.wait().end == WaitEnd::gone);
  CHECK(world.clock.passed() >= 2min);
  CHECK(world.clock.passed() < 5min);
}

TEST_CASE("resuming a wait for what has already ended costs no pause") {
  World world;
  const bool is_start_known = GENERATE(true, false);
  if (!is_start_known) world.visibility.started.reset();
  world.clock.advance(std::chrono::milliseconds(GENERATE(5min, 3h)));
  world.cloud.describe_results = {copy_status(CopyState::available)};
  const auto began = world.clock.passed();
  CHECK(world.wait().end == WaitEnd::available);
  CHECK(world.clock.passed() == began);
}

TEST_CASE("a copy that crawls and then speeds up is noticed within a minute") {
  World world;
  world.cloud.describe_results = {copy_status(CopyState::copying, 1)};
  world.clock.on_sleep = [&] {
    const bool has_ended = world.clock.passed() >= 90min;
    world.cloud.describe_results = {
        has_ended ? copy_status(CopyState::available)
                  : copy_status(CopyState::copying, world.clock.passed() >= 1h ? 2 : 1)};
  };
  CHECK(world.wait().end == WaitEnd::available);
  CHECK(world.clock.passed() <= 91min);
}

TEST_CASE("a copy takes few polls, and its end is noticed within fifteen seconds") {
  World world;
  const auto duration = GENERATE(1min, 10min, 60min, 600min);
  const auto progress = [&] { return static_cast<int>(world.clock.passed() * 100 / duration); };
  world.cloud.describe_results = {copy_status(CopyState::copying, 0)};
  world.clock.on_sleep = [&] {
    world.cloud.describe_results = {progress() < 100 ? copy_status(CopyState::copying, progress())
                                                     : copy_status(CopyState::available, 100)};
  };
  CAPTURE(duration.count());
  CHECK(world.wait(24h).end == WaitEnd::available);
  CHECK(world.clock.passed() <= duration + 15s);
  CHECK(world.count("describe") <= duration / 1min + 50);
}

TEST_CASE("a copy that waited in the cloud's queue is polled often enough once it progresses") {
  World world;
  const auto progress = [&] {
    return static_cast<int>(std::max(world.clock.passed() - 30min, core::Instant::duration(0)) * 100 / 5min);
  };
  world.cloud.describe_results = {copy_status(CopyState::queued)};
  world.clock.on_sleep = [&] {
    world.cloud.describe_results = {progress() < 100 ? copy_status(CopyState::copying, progress())
                                                     : copy_status(CopyState::available, 100)};
  };
  CHECK(world.wait().end == WaitEnd::available);
  CHECK(world.clock.passed() <= 35min + 15s);
}

TEST_CASE("a large image is first polled when its copy can be finished at the earliest") {
  World world;
  world.size_gb = 200;
  world.cloud.describe_results = {copy_status(CopyState::copying)};
  world.clock.on_sleep = [&] {
    if (world.clock.sleeps() == 1) CHECK(world.clock.passed() == 10s);
    if (world.clock.passed() >= 12s) world.cloud.describe_results = {copy_status(CopyState::available)};
  };
  CHECK(world.wait().end == WaitEnd::available);
  CHECK(world.count("describe") == 2);
}

TEST_CASE("even the largest image is polled within fifteen seconds") {
  World world;
  world.size_gb = GENERATE(std::int64_t{500}, std::int64_t{1'000'000'000'000});
  world.cloud.describe_results = {copy_status(CopyState::available)};
  CHECK(world.wait().end == WaitEnd::available);
  CHECK(world.clock.passed() == 15s);
}

TEST_CASE(
    "without reported progress the end is noticed within fifteen seconds or a fortieth of the duration, a "
    "minute at "
    "most") {
  World world;
  const auto duration = GENERATE(10min, 60min, 150min);
  world.cloud.describe_results = {copy_status(CopyState::copying)};
  world.clock.on_sleep = [&] {
    if (world.clock.passed() >= duration) world.cloud.describe_results = {copy_status(CopyState::available)};
  };
  CHECK(world.wait().end == WaitEnd::available);
  CHECK(world.clock.passed() <= duration + std::clamp<core::Instant::duration>(duration / 40, 15s, 1min));
  CHECK(world.count("describe") <= 120 + std::max(0min, duration - 40min) / 1min);
}
