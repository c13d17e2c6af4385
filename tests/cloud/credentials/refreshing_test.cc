#include "src/cloud/credentials/refreshing.h"

#include <atomic>
#include <latch>
#include <thread>

#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"
#include "tests/support/manual_clock.h"

using namespace std::chrono_literals;

namespace {

struct World {
  fakes::FakeClock clock;
  int fetches = 0;
  std::optional<std::chrono::milliseconds> life = 1h;
  bool fails = false;
  cloud::Refreshing<int> number{[this](const core::Context&) -> cloud::Result<cloud::Expiring<int>> {
                                  ++fetches;
                                  if (fails) return std::unexpected(cloud::Error{.message = "no"});
                                  cloud::Expiring<int> expiring{.value = fetches};
                                  if (life) expiring.expires = clock.utc() + *life;
                                  return expiring;
                                },
                                clock,
                                {}};

  cloud::Result<int> get() { return number.get({}); }
};

/// A value whose fetch by another caller has begun, and ends with the scope.
struct UnfinishedFetch {
  fakes::ManualClock clock;
  std::latch begun{1};
  std::latch released{1};
  cloud::Refreshing<int> number{[this](const core::Context&) -> cloud::Result<cloud::Expiring<int>> {
                                  begun.count_down();
                                  released.wait();
                                  return cloud::Expiring<int>{.value = 1};
                                },
                                clock,
                                {}};
  std::jthread first{[this] { [[maybe_unused]] const auto one = number.get({}); }};

  UnfinishedFetch() { begun.wait(); }
  UnfinishedFetch(const UnfinishedFetch&) = delete;
  UnfinishedFetch& operator=(const UnfinishedFetch&) = delete;
  ~UnfinishedFetch() { released.count_down(); }
};

}  // namespace

TEST_CASE(
    "a value is fetched when it is first needed, and used until a quarter of an hour before it expires") {
  World world;
  CHECK(world.fetches == 0);
  CHECK(world.get() == 1);
  world.clock.advance(44min);
  CHECK(world.get() == 1);
  world.clock.advance(2min);
  CHECK(world.get() == 2);
}

TEST_CASE("a value that lives a quarter of an hour is used for three quarters of that") {
  World world;
  world.life = 16min;
  CHECK(world.get() == 1);
  world.clock.advance(11min);
  CHECK(world.get() == 1);
  world.clock.advance(2min);
  CHECK(world.get() == 2);
}

TEST_CASE("a value without an expiry is refreshed, too") {
  World world;
  world.life = std::nullopt;
  CHECK(world.get() == 1);
  world.clock.advance(16min);
  CHECK(world.get() == 2);
}

TEST_CASE("a value that cannot be refreshed is used until it expires") {
  World world;
  CHECK(world.get() == 1);
  world.fails = true;
  world.clock.advance(50min);
  CHECK(world.get() == 1);
  CHECK(world.fetches == 2);
  CHECK(world.get() == 1);
  CHECK(world.fetches == 2);  // not at every call
  world.clock.advance(9min);
  CHECK(world.get() == 1);
  world.clock.advance(2min);
  REQUIRE_FALSE(world.get());
  CHECK(world.get().error().message == "no");
}

TEST_CASE("a discarded value is fetched again, unless it is brand-new") {
  World world;
  CHECK(world.get() == 1);
  world.number.discard();
  CHECK(world.get() == 1);
  world.clock.advance(1min);
  world.number.discard();
  CHECK(world.get() == 2);
}

TEST_CASE("callers share one fetch") {
  fakes::ManualClock clock;
  std::atomic<int> fetches = 0;
  std::latch begun{1};
  std::latch released{1};
  cloud::Refreshing<int> number{[&](const core::Context&) -> cloud::Result<cloud::Expiring<int>> {
                                  begun.count_down();
                                  released.wait();
                                  return cloud::Expiring<int>{.value = ++fetches,
                                                              .expires = clock.utc() + 1h};
                                },
                                clock,
                                {}};
  std::atomic<int> right = 0;
  {
    std::vector<std::jthread> callers;
    for (int i = 0; i < 8; ++i) callers.emplace_back([&] { right += number.get({}) == 1 ? 1 : 0; });
    begun.wait();
    released.count_down();
  }
  CHECK(right == 8);
  CHECK(fetches == 1);
}

TEST_CASE("a caller that waits for another's fetch can be stopped") {
  UnfinishedFetch fetch;
  std::stop_source stop;
  stop.request_stop();
  CHECK(fetch.number.get({.stop = stop.get_token()}).error().kind == cloud::ErrorKind::cancelled);
}

TEST_CASE("a caller that waits for another's fetch returns at its own deadline") {
  UnfinishedFetch fetch;
  std::optional<cloud::Result<int>> second;
  std::jthread waiting([&] { second = fetch.number.get({.deadline = fetch.clock.now() + 5s}); });
  fetch.clock.wait_for_sleepers(1);
  fetch.clock.advance(5s);
  waiting.join();
  CHECK(second.value().error().kind == cloud::ErrorKind::unreachable);
}

TEST_CASE("a fetch that ended at one caller's deadline is repeated for the next caller") {
  World world;
  world.fails = true;
  CHECK_FALSE(world.number.get({.deadline = world.clock.now()}));
  world.fails = false;
  CHECK(world.get() == 2);
}

TEST_CASE("after a fetch that throws, the next caller fetches again") {
  fakes::FakeClock clock;
  int fetches = 0;
  cloud::Refreshing<int> number{[&](const core::Context&) -> cloud::Result<cloud::Expiring<int>> {
                                  if (++fetches == 1) throw std::runtime_error("broken");
                                  return cloud::Expiring<int>{.value = fetches};
                                },
                                clock,
                                {}};
  CHECK_THROWS_AS((void)number.get({}), std::runtime_error);
  CHECK(number.get({}) == 2);
}

TEST_CASE("a failed fetch is not repeated for a while, so that many callers do not wait for each") {
  World world;
  world.fails = true;
  for (int i = 0; i < 20; ++i) CHECK_FALSE(world.get());
  CHECK(world.fetches == 1);
  world.clock.advance(30s);
  world.fails = false;
  CHECK(world.get() == 2);
}
