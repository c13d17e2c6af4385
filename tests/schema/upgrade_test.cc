#include "tf/upgrade.h"

#include "tests/support/catch.h"

using tf::Presence;
using tf::Value;

namespace {

tf::Schema sample_schema() {
  return {
      .version = 3,
      .attributes = {
          {.name = "name", .presence = Presence::required, .description = "d"},
          {.name = "mode",
           .presence = Presence::optional_computed,
           .description = "d",
           .default_value = Value("fast")},
          {.name = "size", .type = tf::Type::number(), .presence = Presence::computed, .description = "d"}}};
}

}  // namespace

TEST_CASE("older state keeps its values, gets defaults for new attributes, and loses removed attributes") {
  const auto state =
      tf::upgrade_from_schema(sample_schema(), R"({"name":"a","size":"12","color":{"deep":[1,2]}})");
  REQUIRE(state);
  CHECK((*state)["name"] == Value("a"));
  CHECK((*state)["mode"] == Value("fast"));
  CHECK((*state)["size"] == Value(12));
  CHECK(state->as_attributes()->size() == 3);
  CHECK((*tf::upgrade_from_schema(sample_schema(), R"({"mode":"slow"})"))["mode"] == Value("slow"));
}

TEST_CASE("older state that cannot be read is an error that names the attribute") {
  const auto error_of = [](std::string_view json) {
    const auto state = tf::upgrade_from_schema(sample_schema(), json);
    return state ? std::string() : state.error().to_string();
  };
  CHECK(error_of(R"({"size":"many"})").find("size") == 0);
  CHECK_FALSE(error_of("").empty());
  CHECK_FALSE(error_of("[1]").empty());
  CHECK_FALSE(error_of(R"({"name":)").empty());
}
