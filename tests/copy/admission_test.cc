#include "src/copy/admission.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "tests/support/catch.h"

using copy::Admission;
using copy::Rejection;
using copy::TicketNumber;
using namespace std::chrono_literals;

namespace {

/// What happens to a copy, or to the whole region.
enum class Event {
  asks,
  asks_again,  ///< a copy that was admitted before
  enters,
  runs,
  is_kept,  ///< it may run or not
  finds_no_room,
  finds_source_busy,
  is_refused,
  gives_up,
  ends,
  is_detached,
  others_run,  ///< the number of copies of other runs that are observed
};

struct Step {
  TicketNumber number = 0;
  Event event = Event::asks;
};

constexpr core::Instant kStart{};

/// A region where two copies may run at once. Copies 1 to 4 have the source `a`, from 5 on `b`.
class Region {
 public:
  Region() {
    for (TicketNumber number = 1; number <= 6; ++number) admission.add(number, number < 5 ? "a" : "b");
  }

  void apply(const Step& step) {
    switch (step.event) {
      case Event::asks: CHECK_FALSE(admission.request(step.number)); return;
      case Event::asks_again: CHECK(admission.request(step.number)); return;
      case Event::enters: CHECK(admission.try_enter(step.number, now)); return;
      case Event::runs: admission.run(step.number); return;
      case Event::is_kept: admission.keep(step.number); return;
      case Event::finds_no_room: admission.reject(step.number, Rejection::full, now); return;
      case Event::finds_source_busy: admission.reject(step.number, Rejection::source_busy, now); return;
      case Event::is_refused: admission.reject(step.number, Rejection::other, now); return;
      case Event::gives_up: admission.withdraw(step.number); return;
      case Event::ends: admission.remove(step.number); return;
      case Event::is_detached: admission.detach(step.number, detached); return;
      case Event::others_run: admission.observe_others({"r2", ""}, static_cast<int>(step.number)); return;
    }
  }

  /// Those that may enter now, one after the other.
  std::vector<TicketNumber> entering() {
    std::vector<TicketNumber> found;
    for (TicketNumber number = 1; number <= 6; ++number) {
      if (admission.try_enter(number, now)) found.push_back(number);
    }
    return found;
  }

  core::Instant now = kStart;
  Admission admission{{.max_running = 2}};
  cloud::CopyReference detached{.destination_region = "r2", .image_id = "m-detached"};
};

}  // namespace

TEST_CASE("which copies may start next") {
  struct Row {
    const char* what;
    std::vector<Step> steps;
    std::vector<TicketNumber> entering;
  };
  using enum Event;
  const std::vector<Row> rows = {
      {"nobody has asked", {}, {}},
      {"as many as may run, in the order of their numbers", {{3, asks}, {2, asks}, {1, asks}}, {1, 2}},
      {"one runs", {{1, runs}, {2, asks}, {3, asks}}, {2}},
      {"the room is taken", {{1, runs}, {2, runs}, {3, asks}}, {}},
      {"one has ended", {{1, runs}, {2, runs}, {3, asks}, {1, ends}}, {3}},
      {"one gave up waiting", {{1, asks}, {2, asks}, {3, asks}, {1, gives_up}}, {2, 3}},
      {"a copy that runs anyway counts", {{1, runs}, {2, runs}, {3, runs}, {4, asks}, {1, ends}}, {}},
      {"a detached copy counts", {{1, is_detached}, {1, ends}, {2, asks}, {3, asks}}, {2}},
      {"one that may run counts", {{1, asks}, {1, enters}, {1, is_kept}, {2, asks}, {3, asks}}, {2}},
      {"a refused one leaves its room",
       {{1, asks}, {1, enters}, {1, is_refused}, {2, asks}, {3, asks}},
       {2, 3}},
      {"and comes first when it asks again",
       {{1, asks}, {1, enters}, {1, is_refused}, {2, asks}, {3, asks}, {1, asks}},
       {1, 2}},

      {"the cloud has no room", {{1, asks}, {1, enters}, {1, finds_no_room}, {1, asks}, {2, asks}}, {}},
      {"until a copy has ended",
       {{3, runs}, {1, asks}, {1, enters}, {1, finds_no_room}, {1, asks}, {2, asks}, {3, ends}},
       {1, 2}},
      {"or runs", {{1, asks}, {1, enters}, {1, finds_no_room}, {2, runs}, {1, asks}}, {1}},

      {"the source is busy: others pass",
       {{1, asks}, {1, enters}, {1, finds_source_busy}, {1, asks}, {2, asks}, {5, asks}, {6, asks}},
       {5, 6}},
      {"it is busy with a copy of this process",
       {{2, runs}, {1, asks}, {1, enters}, {1, finds_source_busy}, {1, asks}, {5, asks}},
       {5}},
      {"which ends", {{2, runs}, {1, asks}, {1, enters}, {1, finds_source_busy}, {1, asks}, {2, ends}}, {1}},

      {"others take the room", {{1, asks}, {2, others_run}}, {}},
      {"others take some of it", {{1, asks}, {2, asks}, {1, others_run}}, {1}},
      {"with others about, one starts at a time",
       {{1, asks}, {2, asks}, {1, others_run}, {0, others_run}},
       {1}},
      {"and the next when that one runs",
       {{1, others_run}, {0, others_run}, {1, asks}, {1, enters}, {1, runs}, {2, asks}},
       {2}},
      {"or may run",
       {{1, others_run}, {0, others_run}, {1, asks}, {1, enters}, {1, is_kept}, {2, asks}},
       {2}},
      {"an admitted copy stays admitted", {{1, asks}, {1, enters}, {1, asks_again}, {2, asks}}, {2}},
      {"unless others are observed that came first",
       {{1, asks}, {1, enters}, {2, others_run}, {1, asks}},
       {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    Region region;
    for (const Step& step : row.steps) region.apply(step);
    CHECK(region.entering() == row.entering);
  }
}

TEST_CASE("a rejected copy is retried after a quarter of the time since the first rejection") {
  struct Row {
    std::chrono::seconds since_first;
    std::chrono::seconds pause;
  };
  const std::vector<Row> rows = {{0s, 1s}, {2s, 1s}, {8s, 2s}, {40s, 10s}, {1min, 15s}, {1h, 15s}};
  for (const Row& row : rows) {
    for (const Event refusal : {Event::finds_no_room, Event::finds_source_busy}) {
      CAPTURE(row.since_first.count(), refusal == Event::finds_no_room);
      Region region;
      region.apply({.number = 1, .event = Event::runs});
      region.apply({.number = 1, .event = refusal});
      region.now += row.since_first;
      region.apply({.number = 1, .event = refusal});
      region.apply({.number = 1, .event = Event::asks});
      region.now += row.pause - 1ms;
      CHECK(region.entering().empty());
      region.now += 1ms;
      CHECK(region.entering() == std::vector<TicketNumber>{1});
    }
  }
}

TEST_CASE("the first waiting copy acts on a timer, and the others sleep until they are woken") {
  struct Row {
    const char* what;
    std::vector<Step> steps;
    TicketNumber number;
    core::Instant next;
  };
  using enum Event;
  const core::Instant kWoken = core::Instant::max();
  const std::vector<Row> rows = {
      {"the first", {{1, runs}, {2, runs}, {3, asks}, {4, asks}}, 3, kStart + 1s},
      {"the second", {{1, runs}, {2, runs}, {3, asks}, {4, asks}}, 4, kWoken},
      {"the first of a busy source tries again",
       {{1, runs}, {1, finds_source_busy}, {1, asks}, {2, asks}},
       1,
       kStart + 1s},
      {"the second does not", {{1, runs}, {1, finds_source_busy}, {1, asks}, {2, asks}}, 2, kWoken},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    Region region;
    for (const Step& step : row.steps) region.apply(step);
    CHECK(region.admission.next_action(row.number, region.now) == row.next);
  }
}

TEST_CASE("other runs are observed after a quarter of the time waited, at most a minute apart") {
  Region region;
  for (const TicketNumber number : {1, 2}) region.apply({.number = number, .event = Event::runs});
  region.apply({.number = 3, .event = Event::asks});
  std::vector<std::chrono::seconds> pauses;
  core::Instant last = region.now;
  for (int i = 0; i < 30; ++i) {
    region.now = region.admission.next_action(3, region.now);
    CHECK_FALSE(region.admission.begin_observation(4, region.now));
    CHECK(region.admission.begin_observation(3, region.now));
    CHECK_FALSE(region.admission.begin_observation(3, region.now));
    pauses.push_back(std::chrono::round<std::chrono::seconds>(region.now - std::exchange(last, region.now)));
  }
  CHECK(pauses.front() == 1s);
  CHECK(std::ranges::is_sorted(pauses));
  CHECK(pauses.back() == 60s);
}

TEST_CASE("once copies of other runs are observed, the observed destinations are listed again") {
  Admission admission{{.max_running = 2}};
  admission.observe_others({"r2", ""}, 0);
  admission.observe_others({"r3", "project"}, 0);
  CHECK_FALSE(admission.is_shared());
  CHECK(admission.shared_destinations().empty());
  admission.observe_others({"r2", ""}, 1);
  CHECK(admission.is_shared());
  admission.observe_others({"r2", ""}, 0);
  CHECK(admission.is_shared());
  CHECK(admission.shared_destinations() == std::vector<copy::Destination>{{"r2", ""}, {"r3", "project"}});
}

TEST_CASE("a detached copy takes a slot until its end is reported") {
  Region region;
  region.apply({.number = 1, .event = Event::is_detached});
  region.apply({.number = 2, .event = Event::runs});
  region.apply({.number = 3, .event = Event::asks});
  CHECK(region.admission.detached() == std::vector{region.detached});
  CHECK(region.entering().empty());
  region.admission.end_detached(region.detached);
  CHECK(region.admission.detached().empty());
  CHECK(region.entering() == std::vector<TicketNumber>{3});
}

TEST_CASE("the next copy and the first copy of each busy source are woken") {
  Region region;
  for (const TicketNumber number : {1, 5}) region.apply({.number = number, .event = Event::runs});
  region.apply({.number = 1, .event = Event::finds_source_busy});
  for (const TicketNumber number : {1, 2, 6}) region.apply({.number = number, .event = Event::asks});
  CHECK(region.admission.to_wake(region.now) == std::vector<TicketNumber>{6, 1});
}
