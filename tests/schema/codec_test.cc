#include "tf/codec.h"

#include <random>

#include "src/core/text.h"
#include "tests/support/catch.h"

using tf::Bound;
using tf::Number;
using tf::Type;
using tf::Value;

namespace {

/// Bytes from hexadecimal text with blanks.
std::string bytes(std::string_view hex) {
  std::string result;
  for (const std::string& pair : core::split(hex, ' ')) {
    result += static_cast<char>(std::stoi(pair, nullptr, 16));
  }
  return result;
}

Value decoded(std::string_view hex, const Type& type) {
  auto value = tf::decode_msgpack(bytes(hex), type);
  if (!value) FAIL(value.error().to_string());
  return *value;
}

std::string problem(std::string_view hex, const Type& type) {
  const auto value = tf::decode_msgpack(bytes(hex), type);
  return value ? "none" : value.error().to_string();
}

void check_msgpack_round_trip(const Value& value, const Type& type) {
  const auto encoded = tf::encode_msgpack(value, type);
  REQUIRE(encoded);
  const auto again = tf::decode_msgpack(*encoded, type);
  CAPTURE(type.to_json(), core::to_hex(*encoded));
  REQUIRE(again);
  CHECK(*again == value);
}

void check_json_round_trip(const Value& value, const Type& type) {
  const auto encoded = tf::encode_json(value, type);
  REQUIRE(encoded);
  const auto again = tf::decode_json(*encoded, type);
  CAPTURE(type.to_json(), *encoded);
  REQUIRE(again);
  CHECK(*again == value);
}

struct Sample {
  Type type;
  Value value;
};

std::vector<Sample> known_samples() {
  const Type person = Type::object({{"age", Type::number()}, {"name", Type::string()}});
  const Value ann = Value::Attributes{{"age", 41}, {"name", "Ann"}};
  return {
      {Type::string(), "text with é and 😀"},
      {Type::string(), ""},
      {Type::string(), std::string(70000, 'x')},
      {Type::boolean(), true},
      {Type::boolean(), false},
      {Type::number(), 0},
      {Type::number(), -1},
      {Type::number(), std::int64_t{9223372036854775807}},
      {Type::number(), *Number::parse("9223372036854775808")},
      {Type::number(), *Number::parse("18446744073709551616")},
      {Type::number(), *Number::parse("0.1")},
      {Type::number(), *Number::parse("0.5")},
      {Type::number(), *Number::parse("-1e30")},
      {Type::list(Type::string()), Value::Elements{}},
      {Type::list(Type::string()), Value::Elements{"a", "b", Value()}},
      {Type::set(Type::number()), Value::Elements{1, 2}},
      {Type::map(Type::boolean()), Value::Attributes{}},
      {Type::map(Type::boolean()), Value::Attributes{{"yes", true}, {"", false}}},
      {person, ann},
      {Type::list(person), Value::Elements{ann, Value()}},
      {Type::tuple({Type::string(), Type::number()}), Value::Elements{"a", 1}},
      {Type::tuple({}), Value::Elements{}},
      {Type::dynamic(), Value::typed(Type::number(), 5)},
      {Type::dynamic(), Value::typed(person, ann)},
      {Type::list(Type::dynamic()), Value::Elements{Value::typed(Type::string(), "a"), Value()}},
      {Type::object({}), Value::Attributes{}},
  };
}

}  // namespace

TEST_CASE("every type survives msgpack and JSON") {
  for (const Sample& sample : known_samples()) {
    check_msgpack_round_trip(sample.value, sample.type);
    check_json_round_trip(sample.value, sample.type);
    check_msgpack_round_trip(Value(), sample.type);
    check_json_round_trip(Value(), sample.type);
    check_msgpack_round_trip(Value::unknown(), sample.type);
  }
}

TEST_CASE("refined unknown values keep what is known of them") {
  check_msgpack_round_trip(Value::unknown({.not_null = true}), Type::boolean());
  check_msgpack_round_trip(Value::unknown({.not_null = true, .string_prefix = "m-"}), Type::string());
  check_msgpack_round_trip(Value::unknown({.lower = Bound{.number = *Number::parse("0.1")},
                                           .upper = Bound{.number = 300, .inclusive = false}}),
                           Type::number());
  check_msgpack_round_trip(Value::unknown({.min_length = 1, .max_length = 70000}),
                           Type::list(Type::string()));
}

TEST_CASE("an unknown value of a dynamic type keeps its type") {
  check_msgpack_round_trip(Value::typed(Type::string(), Value::unknown()), Type::dynamic());
  check_msgpack_round_trip(Value::typed(Type::list(Type::number()), Value()), Type::dynamic());
}

TEST_CASE("numbers arrive in every form that Terraform sends") {
  CHECK(decoded("07", Type::number()) == Value(7));
  CHECK(decoded("e0", Type::number()) == Value(-32));
  CHECK(decoded("cc ff", Type::number()) == Value(255));
  CHECK(decoded("cf ff ff ff ff ff ff ff ff", Type::number()) ==
        Value(*Number::parse("18446744073709551615")));
  CHECK(decoded("d3 80 00 00 00 00 00 00 00", Type::number()) ==
        Value(*Number::parse("-9223372036854775808")));
  CHECK(decoded("ca 3f 00 00 00", Type::number()) == Value(*Number::parse("0.5")));
  CHECK(decoded("cb 3f e0 00 00 00 00 00 00", Type::number()) == Value(*Number::parse("0.5")));
  CHECK(decoded("a3 30 2e 31", Type::number()) == Value(*Number::parse("0.1")));
  CHECK(decoded("a4 31 65 33 30", Type::number()) == Value(*Number::parse("1e30")));
}

TEST_CASE("unknown values are encoded as Terraform encodes them") {
  CHECK(tf::encode_msgpack(Value::unknown(), Type::string()) == bytes("d4 00 00"));
  CHECK(tf::encode_msgpack(Value::unknown({.not_null = true}), Type::string()) == bytes("c7 03 0c 81 01 c2"));
}

TEST_CASE("any extension is an unknown value") {
  CHECK(decoded("d4 05 07", Type::string()) == Value::unknown());
  CHECK(decoded("c7 00 00", Type::number()) == Value::unknown());
  CHECK(decoded("d6 63 01 02 03 04", Type::boolean()) == Value::unknown());
}

TEST_CASE("refinements of later versions are ignored, misplaced ones refused") {
  CHECK(decoded("c7 03 0c 81 7f c2", Type::string()) == Value::unknown());
  CHECK(problem("c7 05 0c 81 02 a2 6d 2d", Type::number()).find("does not fit") != std::string::npos);
  CHECK(problem("c7 03 0c 81 02 c2", Type::string()).find("malformed") != std::string::npos);
  CHECK(problem("c7 02 0c 81 01", Type::string()).find("malformed") != std::string::npos);
}

TEST_CASE("the dynamic form of the protocol is decoded and encoded") {
  CHECK(decoded("92 c4 08 22 6e 75 6d 62 65 72 22 05", Type::dynamic()) == Value::typed(Type::number(), 5));
  CHECK(tf::encode_msgpack(Value::typed(Type::number(), 5), Type::dynamic()) ==
        bytes("92 c4 08 22 6e 75 6d 62 65 72 22 05"));
}

TEST_CASE("binary data is decoded as text") {
  CHECK(decoded("c4 02 68 69", Type::string()) == Value("hi"));
}

TEST_CASE("empty input is null and bytes after the value are ignored") {
  CHECK(tf::decode_msgpack("", Type::string()) == Value());
  CHECK(decoded("c3 ff ff", Type::boolean()) == Value(true));
}

TEST_CASE("a value that does not fit is refused with its path") {
  const Type type = Type::object({{"tags", Type::map(Type::list(Type::string()))}});
  // {"tags": {"a": ["x", 1]}}
  CHECK(problem("81 a4 74 61 67 73 81 a1 61 92 a1 78 01", type) ==
        R"(tags["a"][1]: string is required, not a number)");
  CHECK(problem("80", type) == "tags: the attribute is missing");
  CHECK(problem("82 a4 74 61 67 73 c0 a1 78 c0", type) == "x: there is no such attribute");
  CHECK(problem("a1 78", Type::number()) == R"(a number is required, not the text "x")");
  CHECK(problem("91 01", Type::tuple({})).find("tuple of 0 elements") != std::string::npos);
  CHECK(problem("92 a1 78 01", Type::dynamic()).find("type") != std::string::npos);
}

TEST_CASE("malformed msgpack is refused without a crash or a huge allocation") {
  CHECK(problem("c1", Type::string()) != "none");
  CHECK(problem("a5 61", Type::string()) != "none");                          // text cut short
  CHECK(problem("db ff ff ff ff 61", Type::string()) != "none");              // 4 GiB of text claimed
  CHECK(problem("dd ff ff ff ff 01", Type::list(Type::number())) != "none");  // 4 G elements claimed
  CHECK(problem("cb 7f f8 00 00 00 00 00 00", Type::number()) != "none");     // not a number
  CHECK(problem("a2 c0 af", Type::string()).find("UTF-8") != std::string::npos);
  CHECK(problem("82 a1 61 01 a1 61 02", Type::map(Type::number())).find("twice") != std::string::npos);
  const auto nested = tf::decode_msgpack(std::string(5'000'000, '\x91'), Type::list(Type::dynamic()));
  REQUIRE_FALSE(nested);
  CHECK(nested.error().message.find("nested deeper") != std::string::npos);
  const auto many = tf::decode_msgpack(bytes("dd 00 20 00 00") + std::string(2'097'152, '\xc0'),
                                       Type::list(Type::string()));
  REQUIRE_FALSE(many);
  CHECK(many.error().message.find("more than a million") != std::string::npos);
}

TEST_CASE("random and damaged input is refused or decoded to a valid value") {
  std::mt19937 random(20260314);
  const Type type = Type::object({{"a", Type::list(Type::dynamic())}, {"b", Type::map(Type::number())}});
  const Value value =
      Value::Attributes{{"a", Value::Elements{Value::typed(Type::string(), "x"), Value::unknown()}},
                        {"b", Value::Attributes{{"k", *Number::parse("0.1")}}}};
  const std::string good = *tf::encode_msgpack(value, type);
  int refused = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string damaged = good;
    if (round % 2 == 0) {
      damaged.resize(random() % 40);
      for (char& byte : damaged) byte = static_cast<char>(random());
    } else {
      for (unsigned i = 0; i <= random() % 3; ++i)
        damaged[random() % damaged.size()] = static_cast<char>(random());
    }
    const auto result = tf::decode_msgpack(damaged, type);
    if (!result) ++refused;
    // What is accepted must be a value of the type.
    if (result) CHECK(tf::encode_msgpack(*result, type));
  }
  CHECK(refused > 5000);
}

TEST_CASE("JSON from state files is read leniently") {
  const Type type =
      Type::object({{"count", Type::number()}, {"flag", Type::boolean()}, {"name", Type::string()}});
  CHECK(tf::decode_json(R"({"name": 5, "flag": "true", "count": "12"})", type) ==
        Value(Value::Attributes{{"count", 12}, {"flag", true}, {"name", "5"}}));
  CHECK(tf::decode_json("{}", type) ==
        tf::Value(Value::Attributes{{"count", {}}, {"flag", {}}, {"name", {}}}));
  CHECK(tf::decode_json(R"({"size": 1})", type).error().to_string() == "size: there is no such attribute");
}

TEST_CASE("JSON numbers keep every digit") {
  const auto value = tf::decode_json("123456789012345678901234567890.125", Type::number());
  REQUIRE(value);
  CHECK(value->as_number()->to_string() == "123456789012345678901234567890.125");
  CHECK(tf::encode_json(*value, Type::number()) == "123456789012345678901234567890.125");
}

TEST_CASE("invalid JSON is refused") {
  for (const char* text : {"", "{", "[1,", "tru", "{\"a\":1,}", "1 2"}) {
    CAPTURE(text);
    CHECK_FALSE(tf::decode_json(text, Type::dynamic()));
  }
  CHECK_FALSE(tf::decode_json(std::string(200000, '['), Type::dynamic()));
}

TEST_CASE("values that do not fit their type are not encoded") {
  CHECK(tf::encode_msgpack("text", Type::number()).error().to_string() ==
        "the value is not of the type number");
  CHECK(tf::encode_msgpack(Value::Attributes{}, Type::object({{"a", Type::string()}})).error().to_string() ==
        "a: the attribute is missing");
  CHECK_FALSE(tf::encode_json(Value::unknown(), Type::string()));
}

TEST_CASE("invalid UTF-8 is replaced before it is encoded") {
  const auto encoded = tf::encode_msgpack(std::string("a\xFF"), Type::string());
  REQUIRE(encoded);
  CHECK(tf::decode_msgpack(*encoded, Type::string()) == Value("a\uFFFD"));
}
