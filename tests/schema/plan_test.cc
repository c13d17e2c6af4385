#include "tf/plan.h"

#include "tests/support/catch.h"

using tf::AttributePath;
using tf::Presence;
using tf::Replacement;
using tf::Value;

namespace {

tf::Schema sample_schema() {
  return {.attributes = {
              {.name = "name", .presence = Presence::required, .description = "d"},
              {.name = "source",
               .presence = Presence::required,
               .description = "d",
               .replacement = Replacement::on_change},
              {.name = "origin",
               .presence = Presence::optional,
               .description = "d",
               .replacement = Replacement::on_change_of_known},
              {.name = "region", .presence = Presence::optional_computed, .description = "d"},
              {.name = "mode",
               .presence = Presence::optional_computed,
               .description = "d",
               .default_value = Value("fast")},
              {.name = "id", .presence = Presence::computed, .description = "d"},
              tf::nested_object("limits", Presence::optional, "d",
                                {{.name = "create", .presence = Presence::optional, .description = "d"},
                                 {.name = "used", .presence = Presence::computed, .description = "d"}}),
          }};
}

Value config(const Value::Attributes& set) {
  Value value = tf::null_object(sample_schema().type());
  for (const auto& [name, attribute] : set) value.set(name, attribute);
  return value;
}

const Value kPrior =
    config({{"name", "a"}, {"source", "m-1"}, {"region", "r1"}, {"mode", "fast"}, {"id", "x"}});

}  // namespace

TEST_CASE("a new object gets its configuration, defaults, and unknowns for what is computed") {
  const auto change = tf::plan_from_schema(sample_schema(), {}, config({{"name", "a"}, {"source", "m-1"}}));
  CHECK(change.planned["name"] == Value("a"));
  CHECK(change.planned["origin"] == Value());
  CHECK(change.planned["region"] == Value::unknown());
  CHECK(change.planned["mode"] == Value("fast"));
  CHECK(change.planned["id"] == Value::unknown());
  CHECK(change.planned["limits"] == Value());
  CHECK(change.requires_replace.empty());
}

TEST_CASE("an unchanged configuration plans what the state holds") {
  const auto change =
      tf::plan_from_schema(sample_schema(), kPrior, config({{"name", "a"}, {"source", "m-1"}}));
  CHECK(change.planned == kPrior);
  CHECK(change.requires_replace.empty());
}

TEST_CASE("a default comes back when the configuration drops the value") {
  Value prior = kPrior;
  prior.set("mode", "slow");
  const auto change =
      tf::plan_from_schema(sample_schema(), prior, config({{"name", "a"}, {"source", "m-1"}}));
  CHECK(change.planned["mode"] == Value("fast"));
}

TEST_CASE("only attributes with a replacement rule force replacement") {
  const auto change =
      tf::plan_from_schema(sample_schema(), kPrior, config({{"name", "b"}, {"source", "m-2"}}));
  CHECK(change.requires_replace == std::vector<AttributePath>{AttributePath("source")});
}

TEST_CASE("a value that an import did not set is filled in without replacement") {
  const auto filled = tf::plan_from_schema(sample_schema(), kPrior,
                                           config({{"name", "a"}, {"source", "m-1"}, {"origin", "o"}}));
  CHECK(filled.requires_replace.empty());
  Value prior = kPrior;
  prior.set("origin", "other");
  const auto changed = tf::plan_from_schema(sample_schema(), prior,
                                            config({{"name", "a"}, {"source", "m-1"}, {"origin", "o"}}));
  CHECK(changed.requires_replace == std::vector<AttributePath>{AttributePath("origin")});
}

TEST_CASE("an unknown configuration value is planned as unknown") {
  const auto change =
      tf::plan_from_schema(sample_schema(), kPrior, config({{"name", "a"}, {"source", Value::unknown()}}));
  CHECK(change.planned["source"] == Value::unknown());
  CHECK(change.requires_replace == std::vector<AttributePath>{AttributePath("source")});
}

TEST_CASE("nested attributes are planned one by one") {
  Value limits = Value::Attributes{{"create", "1h"}, {"used", {}}};
  const auto created = tf::plan_from_schema(sample_schema(), {},
                                            config({{"name", "a"}, {"source", "m-1"}, {"limits", limits}}));
  CHECK(created.planned["limits"]["create"] == Value("1h"));
  CHECK(created.planned["limits"]["used"] == Value::unknown());

  Value prior = kPrior;
  prior.set("limits", Value::Attributes{{"create", "2h"}, {"used", "1h"}});
  const auto updated = tf::plan_from_schema(sample_schema(), prior,
                                            config({{"name", "a"}, {"source", "m-1"}, {"limits", limits}}));
  CHECK(updated.planned["limits"] == Value(Value::Attributes{{"create", "1h"}, {"used", "1h"}}));
}
