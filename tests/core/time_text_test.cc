#include "src/core/time_text.h"

#include "tests/support/catch.h"

using namespace std::chrono_literals;

TEST_CASE("times are formatted and parsed in UTC") {
  const core::UtcTime time{1773480413s};
  CHECK(core::format_rfc3339(time) == "2026-03-14T09:26:53Z");
  CHECK(core::format_basic(time) == "20260314T092653Z");
  CHECK(core::parse_utc("2026-03-14T09:26:53Z", "%Y-%m-%dT%H:%M:%SZ") == time);
  CHECK_FALSE(core::parse_utc("2026-03-14T09:26:53Zx", "%Y-%m-%dT%H:%M:%SZ"));
  CHECK_FALSE(core::parse_utc("yesterday", "%Y-%m-%dT%H:%M:%SZ"));
}

TEST_CASE("durations are parsed in Go's format") {
  CHECK(core::parse_duration("30s") == 30s);
  CHECK(core::parse_duration("1h30m") == 90min);
  CHECK(core::parse_duration("1.5h") == 90min);
  CHECK(core::parse_duration("250ms") == 250ms);
}

TEST_CASE("invalid durations are refused") {
  for (const char* text :
       {"", "30", "s", "-5s", "+5s", "5 s", "1d", "0s", "1h 30m", "1e3s", "99999999999h", "nan s"}) {
    CAPTURE(text);
    CHECK_FALSE(core::parse_duration(text));
  }
}

TEST_CASE("formatted durations can be parsed again") {
  for (const auto duration : {std::chrono::milliseconds(250), std::chrono::milliseconds(45s),
                              std::chrono::milliseconds(90min), std::chrono::milliseconds(3h)}) {
    CHECK(core::parse_duration(core::format_duration(duration)) == duration);
  }
  CHECK(core::format_duration(90min) == "1h30m");
}
