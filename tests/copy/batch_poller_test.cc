#include "src/copy/batch_poller.h"

#include <future>
#include <latch>
#include <semaphore>

#include "src/copy/copy_waiter.h"
#include "tests/support/catch.h"
#include "tests/support/fake_cloud.h"
#include "tests/support/manual_clock.h"

using cloud::CopyState;
using cloud::ErrorKind;
using copy::BatchPoller;
using namespace std::chrono_literals;

namespace {

cloud::CopyReference copy_of(const std::string& image_id, const std::string& region = "r2") {
  return {.source_region = "r1", .destination_region = region, .image_id = image_id};
}

cloud::CopyStatus status_of(const std::string& image_id, CopyState state = CopyState::copying) {
  return {.state = state, .image_id = image_id, .image = cloud::Image{.id = image_id}};
}

struct World {
  explicit World(bool batched = true) : cloud(traits_with(batched)) {}

  static cloud::Traits traits_with(bool batched) {
    cloud::Traits traits = fakes::FakeCloud::usual_traits();
    traits.batch_threshold = batched ? 2 : 0;
    return traits;
  }

  fakes::ManualClock clock;
  fakes::FakeCloud cloud;
  BatchPoller poller{cloud, clock};

  /// Waits for the next status of a copy in a thread of its own.
  std::future<std::optional<cloud::Result<cloud::CopyStatus>>> next(const cloud::CopyReference& copy,
                                                                    core::Instant::duration from_now,
                                                                    std::stop_token stop = {},
                                                                    core::Instant::duration timeout = 24h) {
    return std::async(std::launch::async, [this, copy, due = clock.now() + from_now, stop = std::move(stop),
                                           deadline = clock.now() + timeout] {
      return poller.next(copy, due, {.deadline = deadline, .stop = stop});
    });
  }
};

}  // namespace

TEST_CASE("one call polls for all waiters in a region when the first of them is due") {
  World world;
  std::vector<cloud::CopyStatus> listed;
  std::vector<std::future<std::optional<cloud::Result<cloud::CopyStatus>>>> polls;
  for (int i = 0; i < 20; ++i) {
    listed.push_back(status_of("m-" + std::to_string(i)));
    polls.push_back(world.next(copy_of(listed.back().image_id), 10s + i * 1s));
  }
  world.cloud.list_results = {listed};
  world.clock.wait_for_sleepers(20);
  world.clock.advance(10s);
  for (std::size_t i = 0; i < polls.size(); ++i)
    CHECK(polls[i].get() == cloud::Result<cloud::CopyStatus>(listed[i]));
  CHECK(world.cloud.queries == std::vector<std::string>{"list r2"});
  CHECK(world.cloud.calls.empty());
}

TEST_CASE("a copy that is missing from the shared listing is described by itself") {
  World world;
  world.cloud.list_results = {{{status_of("m-1")}}};
  world.cloud.describe_results = {fakes::kAbsent};
  auto listed = world.next(copy_of("m-1"), 1s);
  auto missing = world.next(copy_of("m-2"), 1s);
  world.clock.wait_for_sleepers(2);
  world.clock.advance(1s);
  CHECK(listed.get() == cloud::Result<cloud::CopyStatus>(status_of("m-1")));
  CHECK(missing.get() == cloud::Result<cloud::CopyStatus>(fakes::kAbsent));
  CHECK(world.cloud.described == std::vector{copy_of("m-2")});
}

TEST_CASE("copies are polled one by one on a cloud without a batch threshold") {
  World world(false);
  world.cloud.describe_results = {status_of("m-1")};
  auto early = world.next(copy_of("m-1"), 1s);
  auto late = world.next(copy_of("m-2"), 1min);
  world.clock.wait_for_sleepers(2);
  world.clock.advance(1s);
  CHECK(early.get() == cloud::Result<cloud::CopyStatus>(status_of("m-1")));
  world.clock.wait_for_sleepers(1);
  CHECK(world.cloud.described == std::vector{copy_of("m-1")});
  world.clock.advance(1min);
  late.get();
}

TEST_CASE("copies are polled together once they reach the vendor's batch threshold") {
  World world;
  cloud::Traits traits = World::traits_with(true);
  traits.batch_threshold = 3;
  world.cloud.set_traits(traits);
  world.cloud.describe_results = {status_of("m-1")};
  world.cloud.list_results = {{{status_of("m-2"), status_of("m-3"), status_of("m-4")}}};
  auto first = world.next(copy_of("m-1"), 1s);
  auto second = world.next(copy_of("m-2"), 1min);
  world.clock.wait_for_sleepers(2);
  world.clock.advance(1s);
  CHECK(first.get() == cloud::Result<cloud::CopyStatus>(status_of("m-1")));
  CHECK(world.cloud.queries.empty());

  auto third = world.next(copy_of("m-3"), 1s);
  auto fourth = world.next(copy_of("m-4"), 1h);
  world.clock.wait_for_sleepers(3);
  world.clock.advance(1s);
  CHECK(second.get() == cloud::Result<cloud::CopyStatus>(status_of("m-2")));
  CHECK(third.get() == cloud::Result<cloud::CopyStatus>(status_of("m-3")));
  CHECK(fourth.get() == cloud::Result<cloud::CopyStatus>(status_of("m-4")));
  CHECK(world.cloud.queries == std::vector<std::string>{"list r2"});
  CHECK(world.cloud.described == std::vector{copy_of("m-1")});
}

TEST_CASE(
    "copies from different source regions are polled separately where describing one calls its source "
    "region") {
  World world;
  cloud::Traits traits = World::traits_with(true);
  traits.describes_in_source_region = true;
  world.cloud.set_traits(traits);
  world.cloud.list_results = {{{status_of("m-1"), status_of("m-2"), status_of("m-3"), status_of("m-4")}}};
  std::vector<std::size_t> batch_sizes;
  world.cloud.on_describe_copies = [&](const std::vector<cloud::CopyReference>& copies) {
    for (const auto& copy : copies) CHECK(copy.source_region == copies[0].source_region);
    batch_sizes.push_back(copies.size());
  };
  std::vector<std::future<std::optional<cloud::Result<cloud::CopyStatus>>>> polls;
  for (const char* id : {"m-1", "m-2", "m-3", "m-4"}) {
    cloud::CopyReference copy = copy_of(id);
    copy.source_region = polls.size() < 2 ? "r1" : "r3";
    polls.push_back(world.next(copy, polls.size() < 2 ? 1s : 1min));
  }
  world.clock.wait_for_sleepers(4);
  world.clock.advance(1s);
  CHECK(polls[0].get() == cloud::Result<cloud::CopyStatus>(status_of("m-1")));
  CHECK(polls[1].get() == cloud::Result<cloud::CopyStatus>(status_of("m-2")));
  world.clock.wait_for_sleepers(2);
  world.clock.advance(1min);
  CHECK(polls[2].get() == cloud::Result<cloud::CopyStatus>(status_of("m-3")));
  CHECK(polls[3].get() == cloud::Result<cloud::CopyStatus>(status_of("m-4")));
  CHECK(batch_sizes == std::vector<std::size_t>{2, 2});
}

TEST_CASE("a stopped waiter returns at once, and the others continue polling") {
  World world;
  std::stop_source stop;
  world.cloud.describe_results = {status_of("m-2")};
  auto stopped = world.next(copy_of("m-1"), 1s, stop.get_token());
  auto other = world.next(copy_of("m-2"), 1s);
  world.clock.wait_for_sleepers(2);
  stop.request_stop();
  CHECK_FALSE(stopped.get());
  world.clock.advance(1s);
  CHECK(other.get() == cloud::Result<cloud::CopyStatus>(status_of("m-2")));
}

TEST_CASE("if the waiter that polls for all is stopped, another waiter polls") {
  World world;
  std::stop_source stop;
  world.cloud.describe_results = {status_of("m-2")};
  std::latch both_wait(1);
  world.cloud.on_describe_copies = [&](const std::vector<cloud::CopyReference>& copies) {
    if (copies.size() < 2) return;
    both_wait.wait();
    stop.request_stop();
  };
  auto other = world.next(copy_of("m-2"), 1h);
  world.clock.wait_for_sleepers(1);
  auto polling = world.next(copy_of("m-1"), 0s, stop.get_token());
  both_wait.count_down();
  const auto interrupted = polling.get();
  REQUIRE(interrupted);
  CHECK(interrupted->error().kind == ErrorKind::cancelled);
  world.clock.wait_for_sleepers(1);
  world.clock.advance(1h);
  CHECK(other.get() == cloud::Result<cloud::CopyStatus>(status_of("m-2")));
}

TEST_CASE("a throttled poll slows all waiters in the region, and all recover") {
  World world;
  world.cloud.list_results = {std::unexpected(fakes::failure(ErrorKind::throttled)),
                              {{status_of("m-1"), status_of("m-2")}}};
  core::NullLogger log;
  copy::Engine engine(world.cloud, world.clock);
  copy::CopyWaiter waiter(engine, world.clock, log);
  std::stop_source stop;
  const auto follow = [&](const std::string& id) {
    return std::async(std::launch::async, [&, id] {
      return waiter.wait({.copy = copy_of(id), .visibility = {.started = world.clock.utc()}},
                         {.deadline = world.clock.now() + 24h, .stop = stop.get_token()});
    });
  };
  const core::Instant begin = world.clock.now();
  std::vector<core::Instant::duration> polls;
  std::counting_semaphore<> polled(0);
  world.cloud.on_list = [&] {
    polls.push_back(world.clock.now() - begin);
    polled.release();
  };
  auto one = follow("m-1");
  auto other = follow("m-2");
  world.clock.wait_for_sleepers(2);
  world.clock.advance(1s);
  polled.acquire();
  // Twice the usual pause for both, not only for the one that polled.
  for (int i = 0; i < 2; ++i) {
    world.clock.wait_for_sleepers(2);
    world.clock.advance(1s);
  }
  polled.acquire();
  world.clock.wait_for_sleepers(2);
  stop.request_stop();
  CHECK(one.get().last_status == status_of("m-1"));
  CHECK(other.get().last_status == status_of("m-2"));
  CHECK(polls == std::vector<core::Instant::duration>{1s, 3s});
}

TEST_CASE("a region that does not respond delays no other region, and no waiter beyond its deadline") {
  World world;
  world.cloud.describe_results = {status_of("m-2")};
  std::latch slow_response(1);
  world.cloud.on_describe_copies = [&](const std::vector<cloud::CopyReference>& copies) {
    if (copies.front().destination_region == "slow") slow_response.wait();
  };
  auto slow = world.next(copy_of("m-1", "slow"), 0s);
  auto hurried = world.next(copy_of("m-3", "slow"), 1s, {}, 10s);
  world.clock.wait_for_sleepers(1);
  CHECK(world.next(copy_of("m-2"), 0s).get() == cloud::Result<cloud::CopyStatus>(status_of("m-2")));
  world.clock.advance(10s);
  CHECK_FALSE(hurried.get());
  slow_response.count_down();
  slow.get();
}
