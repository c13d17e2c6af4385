#include "src/copy/admission_queue.h"

#include <future>
#include <memory>

#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_cloud.h"
#include "tests/support/manual_clock.h"

using cloud::CopyState;
using copy::AdmissionQueue;
using copy::Rejection;
using fakes::copy_status;
using fakes::failure;
using fakes::kAbsent;
using Turn = copy::AdmissionQueue::Turn;
using namespace std::chrono_literals;

namespace {

/// For copies that wait in threads of their own, with a clock that the test advances.
struct ThreadedWorld {
  explicit ThreadedWorld(int max_running) : queue(cloud, cache, clock, {.max_running = max_running}) {}

  std::unique_ptr<AdmissionQueue::Ticket> ticket(const std::string& region = "r1",
                                                 const std::string& source = "m-src") {
    return std::make_unique<AdmissionQueue::Ticket>(queue, region, source);
  }
  [[nodiscard]] core::Context context() const {
    return {.deadline = clock.now() + 24h, .stop = stop.get_token()};
  }

  /// Returns as soon as the copy waits.
  std::future<Turn> wait(AdmissionQueue::Ticket& ticket) {
    auto turn =
        std::async(std::launch::async, [&ticket, context = context()] { return ticket.enter(context); });
    clock.wait_for_sleepers(++waiting);
    return turn;
  }

  fakes::ManualClock clock;
  fakes::FakeCloud cloud;
  copy::ImageCache cache{cloud, clock};
  AdmissionQueue queue;
  std::stop_source stop;
  int waiting = 0;
};

/// For one copy at a time, with a clock that jumps to the end of each sleep.
struct World {
  fakes::FakeClock clock;
  fakes::FakeCloud cloud;
  copy::ImageCache cache{cloud, clock};
  AdmissionQueue queue{cloud, cache, clock, {.max_running = 1}};

  [[nodiscard]] core::Context within(std::chrono::milliseconds time) const {
    return {.deadline = clock.now() + time};
  }
};

cloud::CopyReference copy_of(const std::string& name) {
  return {.source_region = "r1", .destination_region = "r2", .name = name, .image_id = "m-" + name};
}

cloud::CopyStatus running(const std::string& name, const std::string& source_region) {
  return {.state = CopyState::copying,
          .image_id = "m-" + name,
          .image = cloud::Image{.id = "m-" + name, .name = name, .source_region = source_region}};
}

}  // namespace

TEST_CASE("copies beyond the limit wait, and start in the order of their tickets") {
  ThreadedWorld world(2);
  const core::Context context = world.context();
  auto first = world.ticket();
  auto second = world.ticket();
  CHECK(first->enter(context) == Turn::at_once);
  CHECK(second->enter(context) == Turn::at_once);
  CHECK(second->enter(context) == Turn::at_once);
  auto third = world.ticket();
  auto fourth = world.ticket();
  auto fourth_turn = world.wait(*fourth);
  auto third_turn = world.wait(*third);
  first.reset();
  CHECK(third_turn.get() == Turn::after_waiting);
  world.clock.wait_for_sleepers(1);
  CHECK(world.ticket("r9")->enter(context) == Turn::at_once);
  third.reset();
  CHECK(fourth_turn.get() == Turn::after_waiting);
}

TEST_CASE("an interrupt ends all waits in the queue at once") {
  ThreadedWorld world(1);
  auto first = world.ticket();
  CHECK(first->enter(world.context()) == Turn::at_once);
  std::vector<std::unique_ptr<AdmissionQueue::Ticket>> tickets;
  std::vector<std::future<Turn>> turns;
  for (int i = 0; i < 20; ++i) {
    tickets.push_back(world.ticket());
    turns.push_back(world.wait(*tickets.back()));
  }
  world.stop.request_stop();
  for (auto& turn : turns) CHECK(turn.get() == Turn::never);
}

TEST_CASE("at the cloud's concurrency limit only the first copy retries, and the end of a copy wakes it") {
  ThreadedWorld world(10);
  const core::Context context = world.context();
  auto running_ticket = world.ticket();
  running_ticket->enter(context);
  running_ticket->run(copy_of("one"));
  auto rejected = world.ticket();
  rejected->enter(context);
  rejected->reject(Rejection::full);
  auto first = world.wait(*rejected);
  auto later = world.ticket();
  auto second = world.wait(*later);
  running_ticket.reset();
  CHECK(first.get() == Turn::after_waiting);
  CHECK(second.get() == Turn::after_waiting);
}

TEST_CASE("at the cloud's concurrency limit the pauses between retries grow") {
  World world;
  AdmissionQueue::Ticket ticket(world.queue, "r1", "m-src");
  CHECK(ticket.enter(world.within(3h)) == Turn::at_once);
  std::vector<std::chrono::milliseconds> pauses;
  for (int i = 0; i < 20; ++i) {
    const auto before = world.clock.passed();
    ticket.reject(Rejection::full);
    CHECK(ticket.enter(world.within(3h)) == Turn::after_waiting);
    pauses.push_back(std::chrono::duration_cast<std::chrono::milliseconds>(world.clock.passed() - before));
  }
  CHECK(pauses.front() == 1s);
  CHECK(std::ranges::is_sorted(pauses));
  CHECK(pauses.back() > 5s);
  ticket.run(copy_of("one"));
}

TEST_CASE("a copy that is not admitted before the deadline leaves the queue") {
  World world;
  AdmissionQueue::Ticket running_ticket(world.queue, "r1", "m-src");
  running_ticket.run(copy_of("one"));
  {
    AdmissionQueue::Ticket waiting_ticket(world.queue, "r1", "m-src");
    CHECK(waiting_ticket.enter(world.within(10min)) == Turn::never);
    CHECK(world.clock.passed() == 10min);
  }
  CHECK(world.cloud.described.empty());
}

TEST_CASE("a detached copy counts against the limit until it is observed to have ended") {
  World world;
  const cloud::Result<cloud::CopyStatus> end =
      GENERATE(cloud::Result<cloud::CopyStatus>(copy_status(CopyState::available)),
               cloud::Result<cloud::CopyStatus>(copy_status(CopyState::failed)),
               cloud::Result<cloud::CopyStatus>(kAbsent));
  world.cloud.describe_results = {copy_status(CopyState::copying),
                                  std::unexpected(failure(cloud::ErrorKind::unavailable)), end};
  {
    AdmissionQueue::Ticket ticket(world.queue, "r1", "m-src");
    ticket.detach(copy_of("one"));
  }
  AdmissionQueue::Ticket next(world.queue, "r1", "m-src");
  CHECK(next.enter(world.within(3h)) == Turn::after_waiting);
  CHECK(world.cloud.described == std::vector(3, copy_of("one")));
}

TEST_CASE("copies of other runs count if the cloud reports that they come from the same region") {
  World world;
  const auto images = [](std::vector<cloud::CopyStatus> statuses) {
    return std::make_shared<const std::vector<cloud::CopyStatus>>(std::move(statuses));
  };
  cloud::CopyStatus finished = running("done", "r1");
  finished.state = CopyState::available;
  AdmissionQueue::Ticket ticket(world.queue, "r1", "m-src");
  SECTION("not these copies") {
    ticket.run(copy_of("own"));
    ticket.reject(Rejection::other);
    world.queue.observe("r2", "",
                        images({running("own", "r1"), running("theirs", "r9"), running("?", ""), finished}));
    CHECK(ticket.enter(world.within(3h)) == Turn::at_once);
  }
  SECTION("this copy, until it is no longer reported") {
    CHECK(ticket.enter(world.within(3h)) == Turn::at_once);
    ticket.reject(Rejection::other);
    world.cloud.list_results = {{{running("theirs", "r1")}}, {{finished}}};
    world.queue.observe("r2", "", images({running("theirs", "r1")}));
    CHECK(ticket.enter(world.within(3h)) == Turn::after_waiting);
    CHECK(world.cloud.queries == std::vector<std::string>{"list r2", "list r2"});
  }
}

TEST_CASE(
    "while a source image is busy only the first of its copies retries, and copies of other images "
    "continue") {
  World world;
  AdmissionQueue queue(world.cloud, world.cache, world.clock, {.max_running = 5});
  AdmissionQueue::Ticket rejected(queue, "r1", "m-busy");
  CHECK(rejected.enter(world.within(1h)) == Turn::at_once);
  rejected.reject(Rejection::source_busy);
  AdmissionQueue::Ticket same(queue, "r1", "m-busy");
  CHECK(same.enter(world.within(500ms)) == Turn::never);
  AdmissionQueue::Ticket other(queue, "r1", "m-other");
  CHECK(other.enter(world.within(1h)) == Turn::at_once);
  const auto before = world.clock.passed();
  CHECK(rejected.enter(world.within(1h)) == Turn::after_waiting);
  CHECK(world.clock.passed() > before);
}

TEST_CASE("a source image that a copy of this run keeps busy is not retried before that copy has ended") {
  ThreadedWorld world(5);
  auto running_ticket = world.ticket();
  CHECK(running_ticket->enter(world.context()) == Turn::at_once);
  running_ticket->run(copy_of("one"));
  auto rejected = world.ticket();
  CHECK(rejected->enter(world.context()) == Turn::at_once);
  rejected->reject(Rejection::source_busy);
  auto turn = world.wait(*rejected);
  world.clock.advance(1h);
  world.clock.wait_for_sleepers(1);
  CHECK(turn.wait_for(0s) == std::future_status::timeout);
  running_ticket.reset();
  CHECK(turn.get() == Turn::after_waiting);
}

TEST_CASE("an admitted copy waits again when other runs are observed to have reached the limit") {
  World world;
  AdmissionQueue queue(world.cloud, world.cache, world.clock, {.max_running = 2});
  AdmissionQueue::Ticket ticket(queue, "r1", "m-src");
  CHECK(ticket.enter(world.within(1h)) == Turn::at_once);
  CHECK(ticket.enter(world.within(1h)) == Turn::at_once);
  const auto theirs = std::make_shared<const std::vector<cloud::CopyStatus>>(
      std::vector{running("a", "r1"), running("b", "r1")});
  queue.observe("r2", "", theirs);
  CHECK(ticket.is_shared());
  world.cloud.list_results = {{{running("a", "r1"), running("b", "r1")}}, {{running("a", "r1")}}};
  CHECK(ticket.enter(world.within(1h)) == Turn::after_waiting);
}

TEST_CASE("copies start one by one while other runs share the limit") {
  ThreadedWorld world(5);
  auto first = world.ticket();
  auto second = world.ticket();
  world.queue.observe(
      "r2", "", std::make_shared<const std::vector<cloud::CopyStatus>>(std::vector{running("a", "r1")}));
  CHECK(first->enter(world.context()) == Turn::at_once);
  auto turn = world.wait(*second);
  first->run(copy_of("one"));
  CHECK(turn.get() == Turn::after_waiting);
}
