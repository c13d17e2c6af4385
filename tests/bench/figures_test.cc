#include "tests/bench/figures.h"

#include <sstream>

#include "tests/support/catch.h"

TEST_CASE("a figure is printed at once, with three decimals at most, and kept as printed") {
  std::ostringstream lines;
  bench::Figures figures(lines);
  figures.add("refresh_calls", 1234567, "calls");
  CHECK(lines.str() == "refresh_calls 1234567 calls\n");
  figures.add("refresh_seconds", 1.0 / 3, "s");
  CHECK(lines.str().ends_with("\nrefresh_seconds 0.333 s\n"));
  const nlohmann::json expected = {
      {{"name", "refresh_calls"}, {"value", 1234567}, {"unit", "calls"}},
      {{"name", "refresh_seconds"}, {"value", 0.333}, {"unit", "s"}},
  };
  CHECK(figures.to_json().at("figures") == expected);
}

TEST_CASE("the median is the middle value, or the mean of the middle two") {
  CHECK(bench::median({3, 1, 2}) == 2);
  CHECK(bench::median({4, 1, 2, 3}) == 2.5);
}
