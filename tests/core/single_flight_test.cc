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

using Answer = std::optional<int>;

struct World {
  fakes::ManualClock clock;
  core::SingleFlight<std::string, int> answers{clock};
  using Wanted = core::SingleFlight<std::string, int>::Wanted;
  int asked = 0;

  [[nodiscard]] Wanted fresh() const { return {.oldest = clock.now() - 30s}; }

  Answer get(const std::string& question, int answer) {
    return answers.get(question, fresh(), {}, [&] {
      ++asked;
      return Answer(answer);
    });
  }
};

/// Somebody whose question is on its way until `end`.
class SlowAsker {
 public:
  SlowAsker(World& world, Answer answer)
      : thread_([this, &world, answer] {
          world.answers.get("q", world.fresh(), {}, [&] {
            asking_.count_down();
            may_end_.wait();
            return answer;
          });
        }) {
    asking_.wait();
  }

  void end() {
    may_end_.count_down();
    thread_.join();
  }

 private:
  std::latch asking_{1};
  std::latch may_end_{1};
  std::jthread thread_;
};

}  // namespace

TEST_CASE("callers at the same time share one call") {
  constexpr int kAsking = 8;
  World world;
  std::latch all_ask(kAsking);
  std::atomic<int> asked = 0;
  std::vector<Answer> got(kAsking);
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < kAsking; ++i) {
      threads.emplace_back([&, i] {
        all_ask.arrive_and_wait();
        got.at(static_cast<std::size_t>(i)) = world.answers.get("q", world.fresh(), {}, [&] {
          ++asked;
          return Answer(42);
        });
      });
    }
  }
  CHECK(asked == 1);
  CHECK(got == std::vector<Answer>(kAsking, 42));
}

TEST_CASE("a result is shared while it is fresh, and for its key only") {
  World world;
  CHECK(world.get("q", 1) == 1);
  world.clock.advance(30s);
  CHECK(world.get("q", 2) == 1);
  CHECK(world.get("other", 3) == 3);
  world.clock.advance(1s);
  CHECK(world.get("q", 4) == 4);
  CHECK(world.asked == 3);
}

TEST_CASE("after a result is forgotten the call is made again, even if one is in flight") {
  World world;
  CHECK(world.get("q", 1) == 1);
  world.answers.forget("q");
  const Answer outdated = world.answers.get("q", world.fresh(), {}, [&] {
    world.answers.forget("q");
    return Answer(2);
  });
  CHECK(outdated == 2);
  CHECK(world.get("q", 3) == 3);
}

TEST_CASE("a caller that accepts forgotten results gets one that is recent enough") {
  World world;
  CHECK(world.get("q", 1) == 1);
  world.answers.forget("q");
  const auto tolerant = [&](core::Instant oldest) {
    return world.answers.get("q", {.oldest = oldest, .also_forgotten = true}, {}, [] { return Answer(2); });
  };
  CHECK(tolerant(world.clock.now()) == 1);
  world.clock.advance(1s);
  CHECK(tolerant(world.clock.now()) == 2);
}

TEST_CASE("there is one call for a key at a time, even if a caller needs a newer result") {
  World world;
  SlowAsker first(world, Answer(1));
  world.answers.forget("q");
  bool first_has_ended = false;
  std::jthread second([&] {
    const Answer younger = world.answers.get("q", world.fresh(), {}, [&] {
      first_has_ended = true;
      return Answer(2);
    });
    CHECK(younger == 2);
  });
  CHECK_FALSE(first_has_ended);
  first.end();
  second.join();
  CHECK(first_has_ended);
}

TEST_CASE("after a call without a result the next caller makes the call") {
  World world;
  CHECK(world.answers.get("q", world.fresh(), {}, [] { return Answer(); }) == std::nullopt);
  CHECK(world.get("q", 1) == 1);
  CHECK_THROWS(
      world.answers.get("other", world.fresh(), {}, []() -> Answer { throw std::runtime_error("no"); }));
  CHECK(world.get("other", 2) == 2);
}

TEST_CASE(
    "a caller that waits for another caller's call can be stopped, or makes the call if that has no result") {
  World world;
  SlowAsker first(world, Answer());
  std::stop_source stop;
  std::jthread stopped([&] {
    CHECK(world.answers.get("q", world.fresh(), {.stop = stop.get_token()}, [] { return Answer(1); }) ==
          std::nullopt);
  });
  world.clock.wait_for_sleepers(1);
  stop.request_stop();
  stopped.join();
  std::jthread second([&] { CHECK(world.get("q", 2) == 2); });
  world.clock.wait_for_sleepers(1);
  first.end();
  second.join();
  CHECK(world.asked == 1);
}

TEST_CASE("a caller that waits for another caller's call gives up at its own deadline") {
  World world;
  SlowAsker first(world, Answer(1));
  std::jthread hasty([&] {
    const core::Context context{.deadline = world.clock.now() + 5s};
    CHECK(world.answers.get("q", world.fresh(), context, [] { return Answer(2); }) == std::nullopt);
  });
  world.clock.wait_for_sleepers(1);
  world.clock.advance(5s);
  hasty.join();
  first.end();
  CHECK(world.get("q", 3) == 1);
}
