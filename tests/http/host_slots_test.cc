#include "src/http/host_slots.h"

#include <list>
#include <optional>
#include <thread>
#include <vector>

#include "tests/support/catch.h"
#include "tests/support/manual_clock.h"

using http::HostSlots;
using namespace std::chrono_literals;

namespace {

/// A context that does not wait.
const core::Context kAtOnce{.deadline = core::Instant()};

}  // namespace

TEST_CASE("each host has its own limited number of slots") {
  fakes::ManualClock clock;
  struct Row {
    int max;
    std::vector<std::string> taken;
    std::string host;
    bool is_free;
  };
  const std::vector<Row> rows = {
      {1, {}, "a", true},
      {1, {"a"}, "a", false},
      {1, {"a"}, "b", true},
      {2, {"a"}, "a", true},
      {2, {"a", "b", "b"}, "a", true},
      {2, {"a", "b", "b"}, "b", false},
      {2, {"a", "b", "b"}, "A", true},
  };
  for (const Row& row : rows) {
    CAPTURE(row.max, row.taken, row.host);
    HostSlots slots(row.max, clock);
    std::list<HostSlots::Slot> taken;
    for (const std::string& host : row.taken) CHECK(taken.emplace_back(slots, host, kAtOnce));
    CHECK(static_cast<bool>(HostSlots::Slot(slots, row.host, kAtOnce)) == row.is_free);
  }
}

TEST_CASE("a slot is free again when its request has ended, and a refused request takes none") {
  fakes::ManualClock clock;
  HostSlots slots(1, clock);
  {
    const HostSlots::Slot first(slots, "a", kAtOnce);
    CHECK(first);
    CHECK_FALSE(HostSlots::Slot(slots, "a", kAtOnce));
  }
  CHECK(HostSlots::Slot(slots, "a", kAtOnce));
}

TEST_CASE(
    "a request that waits for a slot gets the one that is freed, and none after a stop or its deadline") {
  fakes::ManualClock clock;
  HostSlots slots(1, clock);
  std::optional<HostSlots::Slot> first(std::in_place, slots, "a", kAtOnce);
  const auto wait = [&](const core::Context& context, const auto& act) {
    bool got_one = false;
    std::jthread waiting([&] { got_one = static_cast<bool>(HostSlots::Slot(slots, "a", context)); });
    clock.wait_for_sleepers(1);
    act();
    waiting.join();
    return got_one;
  };
  CHECK(wait({}, [&] { first.reset(); }));

  first.emplace(slots, "a", kAtOnce);
  std::stop_source stop;
  CHECK_FALSE(wait({.stop = stop.get_token()}, [&] { stop.request_stop(); }));
  CHECK_FALSE(wait({.deadline = clock.now() + 5s}, [&] { clock.advance(5s); }));
}
