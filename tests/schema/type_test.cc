#include "tf/type.h"

#include "tests/support/catch.h"

using tf::Type;

TEST_CASE("types are written in the protocol's compact JSON") {
  CHECK(Type::string().to_json() == R"("string")");
  CHECK(Type::boolean().to_json() == R"("bool")");
  CHECK(Type::list(Type::number()).to_json() == R"(["list","number"])");
  CHECK(Type::map(Type::dynamic()).to_json() == R"(["map","dynamic"])");
  CHECK(Type::tuple({Type::string(), Type::set(Type::boolean())}).to_json() ==
        R"(["tuple",["string",["set","bool"]]])");
  CHECK(Type::object({{"b", Type::string()}, {"a", Type::number()}}).to_json() ==
        R"(["object",{"a":"number","b":"string"}])");
  CHECK(Type::object({{"a", Type::string()}}, {"a"}).to_json() == R"(["object",{"a":"string"},["a"]])");
}

TEST_CASE("types are parsed as they were written") {
  const Type type = Type::object({{"list", Type::list(Type::tuple({Type::dynamic()}))},
                                  {"map", Type::map(Type::object({{"x", Type::number()}}, {"x"}))},
                                  {"set", Type::set(Type::boolean())}});
  CHECK(Type::from_json(type.to_json()) == type);
}

TEST_CASE("an invalid type is refused with a reason") {
  for (const char* text :
       {"", "{}", R"("text")", R"(["list"])", R"(["list","string","string"])", R"(["tuple","string"])",
        R"(["object",{"a":"string"},["b"]])", R"(["object",[]])", R"([1,2])", R"(["list","string")"}) {
    CAPTURE(text);
    const auto type = Type::from_json(text);
    REQUIRE_FALSE(type);
    CHECK_FALSE(type.error().empty());
  }
}

TEST_CASE("a type that is nested too deeply is refused") {
  std::string text;
  for (int i = 0; i < 100000; ++i) text += R"(["list",)";
  CHECK_FALSE(Type::from_json(text));
}
