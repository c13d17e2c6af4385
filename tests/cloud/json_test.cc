#include "src/cloud/json.h"

#include "tests/support/catch.h"

using nlohmann::json;

TEST_CASE("invalid JSON is read as null") {
  for (const char* body : {"", "<html></html>", "{\"a\":", "[1,]", "\xff\xfe", "nul"}) {
    CAPTURE(body);
    CHECK(cloud::parse_json(body).is_null());
  }
}

TEST_CASE("deeply nested JSON is read as null") {
  const json nested = cloud::parse_json(std::string(100'000, '[') + std::string(100'000, ']'));
  CHECK(nested.is_null());
}

TEST_CASE("integers are read from numbers and text, and from nothing else") {
  const json object = cloud::parse_json(
      R"({"number": 40, "text": "40", "float": 40.0, "huge": 1e300, "beyond": 18446744073709551615,
          "words": "40 GB", "null": null, "list": [40], "empty": ""})");
  CHECK(cloud::integer_at(object, "number") == 40);
  CHECK(cloud::integer_at(object, "text") == 40);
  CHECK(cloud::integer_at(object, "float") == 40);
  for (const char* name : {"huge", "beyond", "words", "null", "list", "empty", "absent"}) {
    CAPTURE(name);
    CHECK_FALSE(cloud::integer_at(object, name));
  }
}

TEST_CASE("booleans are read from booleans and from text in any letter case") {
  const json object = cloud::parse_json(R"({"yes": true, "no": "False", "number": 1, "word": "maybe"})");
  CHECK(cloud::boolean_at(object, "yes") == true);
  CHECK(cloud::boolean_at(object, "no") == false);
  CHECK_FALSE(cloud::boolean_at(object, "number"));
  CHECK_FALSE(cloud::boolean_at(object, "word"));
}

TEST_CASE("a value that is not an object has no members and no elements") {
  const json text = "text";
  CHECK(cloud::member(text, "a").is_null());
  CHECK(cloud::list_at(text, "a").empty());
  CHECK(cloud::text_at(text, "a").empty());
}
