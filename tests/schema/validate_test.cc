#include "tf/validate.h"

#include "tests/support/catch.h"

using tf::AttributePath;
using tf::Presence;
using tf::Value;

namespace {

tf::Schema sample_schema() {
  return {.attributes = {
              {.name = "name",
               .presence = Presence::required,
               .description = "d",
               .validators = {tf::validators::length_between(1, 4)}},
              {.name = "mode",
               .presence = Presence::optional,
               .description = "d",
               .validators = {tf::validators::one_of({"fast", "slow"})}},
              {.name = "count_of",
               .type = tf::Type::number(),
               .presence = Presence::optional,
               .description = "d",
               .validators = {tf::validators::integer_between(1, 5)}},
              {.name = "id", .presence = Presence::computed, .description = "d"},
              tf::nested_object("timeouts", Presence::optional, "d",
                                {{.name = "create",
                                  .presence = Presence::optional,
                                  .description = "d",
                                  .validators = {tf::validators::duration()}},
                                 {.name = "who", .presence = Presence::required, .description = "d"}}),
          }};
}

tf::Diagnostics validate(const Value::Attributes& set) {
  Value config = tf::null_object(sample_schema().type());
  for (const auto& [name, value] : set) config.set(name, value);
  return tf::validate_config(sample_schema(), config);
}

}  // namespace

TEST_CASE("a valid configuration and an unknown one have no errors") {
  CHECK(validate({{"name", "中文ab"}, {"mode", "fast"}, {"count_of", 5}}).empty());
  CHECK(validate({{"name", Value::unknown()}, {"mode", Value::unknown()}, {"timeouts", Value::unknown()}})
            .empty());
}

TEST_CASE("a required argument that is null is reported at its path") {
  const auto diagnostics = validate({});
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].attribute == AttributePath("name"));
  CHECK(diagnostics[0].summary == "Missing Required Argument");
}

TEST_CASE("an argument that only a creation requires may be null later") {
  tf::Schema schema = sample_schema();
  schema.attributes[0].required_to_create = true;
  const Value config = tf::null_object(schema.type());
  CHECK(tf::validate_config(schema, config).empty());
  const auto diagnostics = tf::validate_creation(schema, config);
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].attribute == AttributePath("name"));
  CHECK(diagnostics[0].summary == "Missing Required Argument");
}

TEST_CASE("a computed attribute cannot be configured") {
  const auto diagnostics = validate({{"name", "a"}, {"id", "x"}});
  REQUIRE(diagnostics.size() == 1);
  CHECK(diagnostics[0].attribute == AttributePath("id"));
}

TEST_CASE("validators report what is wrong and what is allowed") {
  CHECK(validate({{"name", "abcde"}})[0].detail.find("1 to 4 characters, not 5") != std::string::npos);
  CHECK(validate({{"name", "a"}, {"mode", "soon"}})[0].detail.find(R"("fast" or "slow", not "soon")") !=
        std::string::npos);
  CHECK(validate({{"name", "a"}, {"count_of", 6}})[0].detail.find("1 to 5, not 6") != std::string::npos);
  CHECK(validate({{"name", "a"}, {"count_of", *tf::Number::parse("1.5")}}).size() == 1);
}

TEST_CASE("nested attributes are checked with their own path") {
  const auto diagnostics =
      validate({{"name", "a"}, {"timeouts", Value::Attributes{{"create", "soon"}, {"who", {}}}}});
  REQUIRE(diagnostics.size() == 2);
  CHECK(diagnostics[0].attribute == AttributePath("timeouts").attribute("create"));
  CHECK(diagnostics[1].attribute == AttributePath("timeouts").attribute("who"));
}
