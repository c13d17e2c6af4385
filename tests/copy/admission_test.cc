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

/// A call of `Admission`.
enum class Action {
  request,
  request_again,  ///< for a copy that is admitted
  enter,
  run,
  keep,  ///< the copy may be running
  reject_full,
  reject_source_busy,
  reject_other,
  withdraw,
  remove,
  detach,
  observe_others,  ///< `Step::number` is the number of copies of other runs
};

struct Step {
  TicketNumber number = 0;
  Action action = Action::request;
};

constexpr core::Instant kStart{};

/// A region where two copies may run at once. Copies 1 to 4 have the source `a`, copies 5 and 6 `b`.
class Region {
 public:
  Region() {
    for (TicketNumber number = 1; number <= 6; ++number) admission.add(number, number < 5 ? "a" : "b");
  }

  void apply(const Step& step) {
    switch (step.action) {
      case Action::request: CHECK_FALSE(admission.request(step.number)); return;
      case Action::request_again: CHECK(admission.request(step.number)); return;
      case Action::enter: CHECK(admission.try_enter(step.number, now)); return;
      case Action::run: admission.run(step.number); return;
      case Action::keep: admission.keep(step.number); return;
      case Action::reject_full: admission.reject(step.number, Rejection::full, now); return;
      case Action::reject_source_busy: admission.reject(step.number, Rejection::source_busy, now); return;
      case Action::reject_other: admission.reject(step.number, Rejection::other, now); return;
      case Action::withdraw: admission.withdraw(step.number); return;
      case Action::remove: admission.remove(step.number); return;
      case Action::detach: admission.detach(step.number, detached); return;
      case Action::observe_others:
        admission.observe_others({"r2", ""}, static_cast<int>(step.number));
        return;
    }
  }

  /// The copies that may enter now, one after the other.
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
    const char* description;
    std::vector<Step> steps;
    std::vector<TicketNumber> entering;
  };
  using enum Action;
  const std::vector<Row> rows = {
      {"no copy waits", {}, {}},
      {"up to the limit, in the order of their numbers", {{3, request}, {2, request}, {1, request}}, {1, 2}},
      {"one copy runs", {{1, run}, {2, request}, {3, request}}, {2}},
      {"the limit is reached", {{1, run}, {2, run}, {3, request}}, {}},
      {"a copy has ended", {{1, run}, {2, run}, {3, request}, {1, remove}}, {3}},
      {"a copy has stopped waiting", {{1, request}, {2, request}, {3, request}, {1, withdraw}}, {2, 3}},
      {"a copy that runs without admission counts",
       {{1, run}, {2, run}, {3, run}, {4, request}, {1, remove}},
       {}},
      {"a detached copy counts", {{1, detach}, {1, remove}, {2, request}, {3, request}}, {2}},
      {"a copy that may be running counts",
       {{1, request}, {1, enter}, {1, keep}, {2, request}, {3, request}},
       {2}},
      {"a rejected copy frees its slot",
       {{1, request}, {1, enter}, {1, reject_other}, {2, request}, {3, request}},
       {2, 3}},
      {"a rejected copy that requests again comes first",
       {{1, request}, {1, enter}, {1, reject_other}, {2, request}, {3, request}, {1, request}},
       {1, 2}},

      {"the cloud's limit is reached: no copy starts",
       {{1, request}, {1, enter}, {1, reject_full}, {1, request}, {2, request}},
       {}},
      {"the cloud's limit is reached, and then a copy ends",
       {{3, run}, {1, request}, {1, enter}, {1, reject_full}, {1, request}, {2, request}, {3, remove}},
       {1, 2}},
      {"the cloud's limit is reached, and then a copy runs",
       {{1, request}, {1, enter}, {1, reject_full}, {2, run}, {1, request}},
       {1}},

      {"the source is busy: copies of other sources start",
       {{1, request},
        {1, enter},
        {1, reject_source_busy},
        {1, request},
        {2, request},
        {5, request},
        {6, request}},
       {5, 6}},
      {"the source is busy with a copy of this process",
       {{2, run}, {1, request}, {1, enter}, {1, reject_source_busy}, {1, request}, {5, request}},
       {5}},
      {"the source is busy with a copy of this process, which ends",
       {{2, run}, {1, request}, {1, enter}, {1, reject_source_busy}, {1, request}, {2, remove}},
       {1}},

      {"other runs have reached the limit", {{1, request}, {2, observe_others}}, {}},
      {"other runs take one slot", {{1, request}, {2, request}, {1, observe_others}}, {1}},
      {"while other runs are observed, one copy starts at a time",
       {{1, request}, {2, request}, {1, observe_others}, {0, observe_others}},
       {1}},
      {"while other runs are observed, the next copy starts when one runs",
       {{1, observe_others}, {0, observe_others}, {1, request}, {1, enter}, {1, run}, {2, request}},
       {2}},
      {"while other runs are observed, the next copy starts when one may be running",
       {{1, observe_others}, {0, observe_others}, {1, request}, {1, enter}, {1, keep}, {2, request}},
       {2}},
      {"an admitted copy stays admitted", {{1, request}, {1, enter}, {1, request_again}, {2, request}}, {2}},
      {"an admitted copy waits again when other runs have reached the limit",
       {{1, request}, {1, enter}, {2, observe_others}, {1, request}},
       {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.description);
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
    for (const Action rejection : {Action::reject_full, Action::reject_source_busy}) {
      CAPTURE(row.since_first.count(), rejection == Action::reject_full);
      Region region;
      region.apply({.number = 1, .action = Action::run});
      region.apply({.number = 1, .action = rejection});
      region.now += row.since_first;
      region.apply({.number = 1, .action = rejection});
      region.apply({.number = 1, .action = Action::request});
      region.now += row.pause - 1ms;
      CHECK(region.entering().empty());
      region.now += 1ms;
      CHECK(region.entering() == std::vector<TicketNumber>{1});
    }
  }
}

TEST_CASE("the first waiting copy acts on a timer, and the others sleep until they are woken") {
  struct Row {
    const char* description;
    std::vector<Step> steps;
    TicketNumber number;
    core::Instant next;
  };
  using enum Action;
  const core::Instant when_woken = core::Instant::max();
  const std::vector<Row> rows = {
      {"the first copy observes other runs",
       {{1, run}, {2, run}, {3, request}, {4, request}},
       3,
       kStart + 1s},
      {"the second copy sleeps", {{1, run}, {2, run}, {3, request}, {4, request}}, 4, when_woken},
      {"the first copy of a busy source retries",
       {{1, run}, {1, reject_source_busy}, {1, request}, {2, request}},
       1,
       kStart + 1s},
      {"the second copy of a busy source sleeps",
       {{1, run}, {1, reject_source_busy}, {1, request}, {2, request}},
       2,
       when_woken},
  };
  for (const Row& row : rows) {
    CAPTURE(row.description);
    Region region;
    for (const Step& step : row.steps) region.apply(step);
    CHECK(region.admission.next_action(row.number, region.now) == row.next);
  }
}

TEST_CASE("other runs are observed after a quarter of the time waited, at most a minute apart") {
  Region region;
  for (const TicketNumber number : {1U, 2U}) region.apply({.number = number, .action = Action::run});
  region.apply({.number = 3, .action = Action::request});
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
  CHECK(admission.shared_destinations() == std::vector<cloud::RegionKey>{{"r2", ""}, {"r3", "project"}});
}

TEST_CASE("a detached copy takes a slot until its end is reported") {
  Region region;
  region.apply({.number = 1, .action = Action::detach});
  region.apply({.number = 2, .action = Action::run});
  region.apply({.number = 3, .action = Action::request});
  CHECK(region.admission.detached() == std::vector{region.detached});
  CHECK(region.entering().empty());
  region.admission.end_detached(region.detached);
  CHECK(region.admission.detached().empty());
  CHECK(region.entering() == std::vector<TicketNumber>{3});
}

TEST_CASE("the next copy and the first copy of each busy source are woken") {
  Region region;
  for (const TicketNumber number : {1U, 5U}) region.apply({.number = number, .action = Action::run});
  region.apply({.number = 1, .action = Action::reject_source_busy});
  for (const TicketNumber number : {1U, 2U, 6U}) region.apply({.number = number, .action = Action::request});
  CHECK(region.admission.to_wake(region.now) == std::vector<TicketNumber>{6, 1});
}
