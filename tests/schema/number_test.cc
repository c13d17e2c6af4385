#include "tf/number.h"

#include <array>
#include <cmath>

#include "tests/support/catch.h"

using tf::Number;

TEST_CASE("equal numbers are equal, however they are written") {
  CHECK(Number::parse("12") == Number(12));
  CHECK(Number::parse("12.000") == Number(12));
  CHECK(Number::parse("0.12e2") == Number(12));
  CHECK(Number::parse("-0") == Number(0));
  CHECK(Number::parse("1e30") == Number::parse("1000000000000000000000000000000"));
  CHECK(Number::from_double(0.5) == Number::parse("0.5"));
  CHECK(Number::from_double(0.1) != Number::parse("0.1"));  // the nearest binary fraction is another number
}

TEST_CASE("numbers beyond 64 bits and long decimals keep every digit") {
  for (const char* text : {"9223372036854775808", "-170141183460469231731687303715884105728", "0.1",
                           "3.14159265358979323846264338327950288", "1000000000000000000000000000001"}) {
    CHECK(Number::parse(text)->to_string() == text);
  }
}

TEST_CASE("a number converts to an integer only without loss") {
  CHECK(Number(-5).to_int64() == -5);
  CHECK(Number::parse("9223372036854775807")->to_int64() == 9223372036854775807);
  CHECK_FALSE(Number::parse("9223372036854775808")->to_int64());
  CHECK(Number::parse("18446744073709551615")->to_uint64() == 18446744073709551615U);
  CHECK_FALSE(Number::parse("0.5")->to_int64());
  CHECK_FALSE(Number::parse("1e99999")->to_int64());
}

TEST_CASE("a number converts to a double only if that is exact") {
  CHECK(Number::parse("2.5")->to_exact_double() == 2.5);
  CHECK_FALSE(Number::parse("0.1")->to_exact_double());
  CHECK(Number::from_double(5e-324)->to_exact_double() == 5e-324);
  CHECK(Number::from_double(1.7976931348623157e308)->to_exact_double() == 1.7976931348623157e308);
}

TEST_CASE("NaN is not a number, and infinity is one") {
  CHECK_FALSE(Number::from_double(std::nan("")));
  CHECK(Number::from_double(HUGE_VAL)->is_infinite());
  CHECK(*Number::from_double(-HUGE_VAL) < Number(0));
}

TEST_CASE("invalid numbers and numbers that are too large are refused") {
  for (const char* text : {"", "-", ".", "1.2.3", "0x10", "1e", "e5", " 1", "1 ", "inf", "nan", "1e100001",
                           "1e99999999999999999999"}) {
    CAPTURE(text);
    CHECK_FALSE(Number::parse(text));
  }
  CHECK_FALSE(Number::parse(std::string(5000, '1')));
}

TEST_CASE("huge exponents are written without their zeros") {
  CHECK(Number::parse("1e99999")->to_string() == "1e99999");
  CHECK(Number::parse("-25e-9999")->to_string() == "-25e-9999");
  CHECK(Number::parse(Number::parse("1e99999")->to_string()) == Number::parse("1e99999"));
}

TEST_CASE("numbers are ordered by value") {
  const std::array ascending = {"-1e50", "-2", "-1.5", "-0.001", "0",  "0.0009",
                                "0.001", "1",  "1.5",  "2",      "10", "1e50"};
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    for (std::size_t j = 0; j < ascending.size(); ++j) {
      CAPTURE(ascending[i], ascending[j]);
      CHECK((*Number::parse(ascending[i]) <=> *Number::parse(ascending[j])) == (i <=> j));
    }
  }
}
