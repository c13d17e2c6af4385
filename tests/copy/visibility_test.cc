#include "src/copy/visibility.h"

#include "tests/support/catch.h"
#include "tests/support/fake_clock.h"

using copy::Visibility;
using namespace std::chrono_literals;

TEST_CASE("a copy that is not listed may still appear for a while after its start, if it was never listed") {
  fakes::FakeClock clock;
  clock.advance(1h);
  const core::UtcTime now = clock.utc();
  struct Row {
    Visibility visibility;
    bool may_appear;
  };
  for (const Row& row :
       {Row{{.started = now}, true}, Row{{.started = now - 59s}, true}, Row{{.started = now - 60s}, false},
        Row{{.started = now - 1h}, false},
        // By the clock of another machine, which is ahead.
        Row{{.started = now + 10s}, true},
        // It is not known when it was started, so it was not now.
        Row{{.started = std::nullopt}, false}, Row{{.started = now, .listed = true}, false}}) {
    CAPTURE(row.visibility.started.has_value(), row.visibility.listed);
    CHECK(may_still_appear(row.visibility, clock, {.delay = 60s}) == row.may_appear);
  }
}
