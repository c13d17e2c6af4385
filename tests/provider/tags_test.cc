#include "src/provider/tags.h"

#include <string>
#include <vector>

#include "tests/support/catch.h"

using cloud::Tags;
using tf::Value;

namespace {

using Map = Value::Attributes;

}  // namespace

TEST_CASE("the known tags of a value are those of a map whose values are known texts") {
  struct Row {
    const char* description;
    Value value;
    Tags known;
  };
  const std::vector<Row> rows = {
      {"null", {}, {}},
      {"unknown", Value::unknown(), {}},
      {"an empty map", Map{}, {}},
      {"texts", Map{{"team", "images"}, {"stage", "prod"}}, {{"team", "images"}, {"stage", "prod"}}},
      {"an empty text", Map{{"team", ""}}, {{"team", ""}}},
      {"an unknown text", Map{{"team", "images"}, {"stage", Value::unknown()}}, {{"team", "images"}}},
      {"a null text", Map{{"team", "images"}, {"stage", {}}}, {{"team", "images"}}},
      {"no map", "team", {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.description);
    CHECK(provider::known_tags(row.value) == row.known);
  }
}

TEST_CASE("no tags are a null value, because a configuration without tags has none") {
  CHECK(provider::tags_value({}) == Value());
  CHECK(provider::tags_value({{"team", ""}}) == Value(Map{{"team", ""}}));
}

TEST_CASE("the tags of a resource take precedence over the default tags") {
  struct Row {
    const char* description;
    Value tags;
    Value default_tags;
    Value merged;
  };
  const std::vector<Row> rows = {
      {"neither", {}, {}, {}},
      {"empty maps", Map{}, Map{}, {}},
      {"only tags", Map{{"team", "images"}}, {}, Map{{"team", "images"}}},
      {"only default tags", {}, Map{{"stage", "prod"}}, Map{{"stage", "prod"}}},
      {"different keys", Map{{"team", "images"}}, Map{{"stage", "prod"}},
       Map{{"team", "images"}, {"stage", "prod"}}},
      {"the same key", Map{{"stage", "test"}}, Map{{"stage", "prod"}}, Map{{"stage", "test"}}},
      {"keys that differ in case", Map{{"Stage", "test"}}, Map{{"stage", "prod"}},
       Map{{"Stage", "test"}, {"stage", "prod"}}},
      {"an empty text also takes precedence", Map{{"stage", ""}}, Map{{"stage", "prod"}}, Map{{"stage", ""}}},
      {"unknown tags", Value::unknown(), Map{{"stage", "prod"}}, Value::unknown()},
      {"an unknown text", Map{{"team", Value::unknown()}}, Map{{"stage", "prod"}}, Value::unknown()},
      {"unknown default tags", Map{{"team", "images"}}, Value::unknown(), Value::unknown()},
      {"an unknown text of a default tag", Map{{"stage", "test"}}, Map{{"stage", Value::unknown()}},
       Value::unknown()},
  };
  for (const Row& row : rows) {
    CAPTURE(row.description);
    CHECK(provider::merged_tags(row.tags, row.default_tags) == row.merged);
  }
}

TEST_CASE("new and changed tags are set, and tags that are no longer wanted are removed") {
  struct Row {
    const char* description;
    Value present;
    Value wanted;
    Tags set;
    std::vector<std::string> remove;
  };
  const std::vector<Row> rows = {
      {"none before or after", {}, {}, {}, {}},
      {"null and an empty map", Map{}, {}, {}, {}},
      {"equal", Map{{"team", "images"}}, Map{{"team", "images"}}, {}, {}},
      {"added", Map{{"team", "images"}}, Map{{"team", "images"}, {"stage", "prod"}}, {{"stage", "prod"}}, {}},
      {"the first", {}, Map{{"team", "images"}}, {{"team", "images"}}, {}},
      {"changed", Map{{"stage", "test"}}, Map{{"stage", "prod"}}, {{"stage", "prod"}}, {}},
      {"changed to an empty text", Map{{"stage", "test"}}, Map{{"stage", ""}}, {{"stage", ""}}, {}},
      {"an empty text is added", {}, Map{{"stage", ""}}, {{"stage", ""}}, {}},
      {"removed", Map{{"team", "images"}, {"stage", "prod"}}, Map{{"team", "images"}}, {}, {"stage"}},
      {"an empty text is removed", Map{{"stage", ""}}, Map{}, {}, {"stage"}},
      {"all removed", Map{{"team", "images"}, {"stage", "prod"}}, {}, {}, {"stage", "team"}},
      {"a key in another case is another key",
       Map{{"team", "a"}},
       Map{{"Team", "a"}},
       {{"Team", "a"}},
       {"team"}},
      {"all at once",
       Map{{"kept", "1"}, {"changed", "1"}, {"removed", "1"}},
       Map{{"kept", "1"}, {"changed", "2"}, {"added", "1"}},
       {{"added", "1"}, {"changed", "2"}},
       {"removed"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.description);
    const cloud::TagChanges changes = provider::tag_changes(row.present, row.wanted);
    CHECK(changes.set == row.set);
    CHECK(changes.remove == row.remove);
    for (const auto& [key, value] : changes.former) CHECK(row.present[key].text() == value);
    for (const std::string& key : row.remove) CHECK(changes.former.contains(key));
    for (const auto& [key, value] : row.set) {
      CHECK(changes.former.contains(key) == !row.present[key].is_null());
    }
    CHECK(changes.any() == (!row.set.empty() || !row.remove.empty()));
  }
}

TEST_CASE("reported tags are the resource's own, except for default tags with their configured values") {
  struct Row {
    const char* description;
    Value own;
    Value default_tags;
    Tags reported;
    Value tags;
    Value tags_all;
  };
  const std::vector<Row> rows = {
      {"none", {}, {}, {}, {}, {}},
      {"as configured",
       Map{{"team", "images"}},
       {},
       {{"team", "images"}},
       Map{{"team", "images"}},
       Map{{"team", "images"}}},
      {"a default tag is in tags_all only",
       {},
       Map{{"stage", "prod"}},
       {{"stage", "prod"}},
       {},
       Map{{"stage", "prod"}}},
      {"beside the resource's own",
       Map{{"team", "images"}},
       Map{{"stage", "prod"}},
       {{"stage", "prod"}, {"team", "images"}},
       Map{{"team", "images"}},
       Map{{"stage", "prod"}, {"team", "images"}}},
      {"the resource has the default tag as well",
       Map{{"stage", "prod"}},
       Map{{"stage", "prod"}},
       {{"stage", "prod"}},
       Map{{"stage", "prod"}},
       Map{{"stage", "prod"}}},
      {"the resource overrides the default tag",
       Map{{"stage", "test"}},
       Map{{"stage", "prod"}},
       {{"stage", "test"}},
       Map{{"stage", "test"}},
       Map{{"stage", "test"}}},
      {"somebody changed a default tag",
       {},
       Map{{"stage", "prod"}},
       {{"stage", "test"}},
       Map{{"stage", "test"}},
       Map{{"stage", "test"}}},
      {"somebody removed a default tag", {}, Map{{"stage", "prod"}}, {}, {}, {}},
      {"somebody added a tag", {}, {}, {{"owner", "me"}}, Map{{"owner", "me"}}, Map{{"owner", "me"}}},
      {"somebody changed a tag",
       Map{{"team", "images"}},
       {},
       {{"team", "web"}},
       Map{{"team", "web"}},
       Map{{"team", "web"}}},
      {"somebody removed the only tag", Map{{"team", "images"}}, {}, {}, {}, {}},
      {"an empty map stays as configured", Map{}, {}, {}, Map{}, {}},
      {"an empty map beside default tags",
       Map{},
       Map{{"stage", "prod"}},
       {{"stage", "prod"}},
       Map{},
       Map{{"stage", "prod"}}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.description);
    Value state = Map{{"tags", row.own}, {"tags_all", Map{{"old", "1"}}}, {"name", "golden"}};
    provider::set_reported_tags(state, row.reported, row.default_tags);
    CHECK(state == Value(Map{{"tags", row.tags}, {"tags_all", row.tags_all}, {"name", "golden"}}));
  }
}
