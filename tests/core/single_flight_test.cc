#include "src/core/single_flight.h"

#include <atomic>
#include <latch>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/catch.h"
#include "tests/support/manual_clock.h"

using namespace std::chrono_literals;

namespace {

using Result = std::optional<int>;

struct World {
  fakes::ManualClock clock;
  core::SingleFlight<std::string, int> flight{clock};
  using Wanted = core::SingleFlight<std::string, int>::Wanted;
  int calls = 0;

  [[nodiscard]] Wanted fresh() const { return {.oldest = clock.now() - 30s}; }

  Result get(const std::string& key, int value) {
    return flight.get(key, fresh(), {}, [&] {
      ++calls;
      return Result(value);
    });
  }
};

/// A caller whose call is in flight until `end`.
class SlowCaller {
 public:
  SlowCaller(World& world, Result result)
      : thread_([this, &world, result] {
          world.flight.get("q", world.fresh(), {}, [&] {
            calling_.count_down();
            may_end_.wait();
            return result;
          });
        }) {
    calling_.wait();
  }

  void end() {
    may_end_.count_down();
    thread_.join();
  }

 private:
  std::latch calling_{1};
  std::latch may_end_{1};
  std::jthread thread_;
};

}  // namespace

TEST_CASE("callers at the same time share one call") {
  constexpr int kCallers = 8;
  World world;
  std::latch all_call(kCallers);
  std::atomic<int> calls = 0;
  std::vector<Result> results(kCallers);
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kCallers; ++i) {
      threads.emplace_back([&, i] {
        all_call.arrive_and_wait();
        results.at(static_cast<std::size_t>(i)) = world.flight.get("q", world.fresh(), {}, [&] {
          ++calls;
          return Result(42);
        });
      });
    }
  }
  CHECK(calls == 1);
  CHECK(results == std::vector<Result>(kCallers, 42));
}

TEST_CASE("a result is shared while it is fresh, and for its key only") {
  World world;
  CHECK(world.get("q", 1) == 1);
  world.clock.advance(30s);
  CHECK(world.get("q", 2) == 1);
  CHECK(world.get("other", 3) == 3);
  world.clock.advance(1s);
  CHECK(world.get("q", 4) == 4);
  CHECK(world.calls == 3);
}

TEST_CASE("after a result is forgotten the call is made again, even if one is in flight") {
  World world;
  CHECK(world.get("q", 1) == 1);
  world.flight.forget("q");
  const Result outdated = world.flight.get("q", world.fresh(), {}, [&] {
    world.flight.forget("q");
    return Result(2);
  });
  CHECK(outdated == 2);
  CHECK(world.get("q", 3) == 3);
}

TEST_CASE("a caller that accepts forgotten results gets one that is recent enough") {
  World world;
  CHECK(world.get("q", 1) == 1);
  world.flight.forget("q");
  const auto tolerant = [&](core::Instant oldest) {
    return world.flight.get("q", {.oldest = oldest, .also_forgotten = true}, {}, [] { return Result(2); });
  };
  CHECK(tolerant(world.clock.now()) == 1);
  world.clock.advance(1s);
  CHECK(tolerant(world.clock.now()) == 2);
}

TEST_CASE("there is one call for a key at a time, even if a caller needs a newer result") {
  World world;
  SlowCaller first(world, Result(1));
  world.flight.forget("q");
  bool first_has_ended = false;
  std::jthread second([&] {
    const Result newer = world.flight.get("q", world.fresh(), {}, [&] {
      first_has_ended = true;
      return Result(2);
    });
    CHECK(newer == 2);
  });
  CHECK_FALSE(first_has_ended);
  first.end();
  second.join();
  CHECK(first_has_ended);
}

TEST_CASE("after a call without a result the next caller makes the call") {
  World world;
  CHECK(world.flight.get("q", world.fresh(), {}, [] { return Result(); }) == std::nullopt);
  CHECK(world.get("q", 1) == 1);
  CHECK_THROWS(
      world.flight.get("other", world.fresh(), {}, []() -> Result { throw std::runtime_error("no"); }));
  CHECK(world.get("other", 2) == 2);
}

TEST_CASE(
    "a caller that waits for another caller's call can be stopped, or makes the call if that has no result") {
  World world;
  SlowCaller first(world, Result());
  std::stop_source stop;
  std::jthread stopped([&] {
    CHECK(world.flight.get("q", world.fresh(), {.stop = stop.get_token()}, [] { return Result(1); }) ==
          std::nullopt);
  });
  world.clock.wait_for_sleepers(1);
  stop.request_stop();
  stopped.join();
  std::jthread second([&] { CHECK(world.get("q", 2) == 2); });
  world.clock.wait_for_sleepers(1);
  first.end();
  second.join();
  CHECK(world.calls == 1);
}

TEST_CASE("a caller that waits for another caller's call gives up at its own deadline") {
  World world;
  SlowCaller first(world, Result(1));
  std::jthread hasty([&] {
    const core::Context context{.deadline = world.clock.now() + 5s};
    CHECK(world.flight.get("q", world.fresh(), context, [] { return Result(2); }) == std::nullopt);
  });
  world.clock.wait_for_sleepers(1);
  world.clock.advance(5s);
  hasty.join();
  first.end();
  CHECK(world.get("q", 3) == 1);
}
