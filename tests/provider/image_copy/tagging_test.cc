#include "tests/provider/image_copy/resource_world.h"

using cloud::CopyState;
using cloud::ErrorKind;
using fakes::copy_status;
using fakes::failure;
using tf::Value;
using World = fakes::ResourceWorld;

namespace {

Value tags(const std::map<std::string, std::string>& values) {
  Value::Attributes attributes;
  for (const auto& [key, value] : values) attributes.emplace(key, value);
  return attributes;
}

/// A resource with default tags, on a cloud with these traits.
struct TaggedWorld : World {
  explicit TaggedWorld(cloud::Traits traits, const Value& default_tags = {}) : World(traits, default_tags) {
    cloud->describe_results = {copy_status(CopyState::available)};
  }

  /// Reads the state while the cloud reports these tags.
  tf::StateResponse read_with(const tf::StateResponse& before, const cloud::Tags& reported) {
    auto status = copy_status(CopyState::available);
    status.image->tags = reported;
    cloud->describe_results = {status};
    return resource.read({.state = before.state, .private_state = before.private_state}, stop.get_token());
  }
};

constexpr cloud::Traits kTagsWithCopy = {.tags_with_copy = true, .reports_tags = true};
constexpr cloud::Traits kTagsAfterCopy = {.reports_tags = true};

}  // namespace

TEST_CASE(
    "the resource's tags override default tags, and both are sent with the copy call where the cloud takes "
    "them") {
  TaggedWorld world(kTagsWithCopy, tags({{"team", "images"}, {"stage", "dev"}}));
  const Value config = world.config({{"tags", tags({{"stage", "prod"}, {"os", "linux"}})}});
  const auto created = world.create(config);
  CHECK(created.diagnostics.empty());
  CHECK(created.state["tags"] == tags({{"stage", "prod"}, {"os", "linux"}}));
  const cloud::Tags all = {{"team", "images"}, {"stage", "prod"}, {"os", "linux"}};
  CHECK(created.state["tags_all"] == tags({{"team", "images"}, {"stage", "prod"}, {"os", "linux"}}));
  CHECK(world.cloud->calls == std::vector<std::string>{"start m-src", "describe"});
  CHECK(world.cloud->start_requests.at(0).spec.tags == all);

  const auto read = world.read_with(created, all);
  CHECK(read.state == created.state);
  CHECK(world.plan(read.state, config, read.private_state).planned_state == read.state);
}

TEST_CASE("one call changes only the tags that differ, and drift is repaired") {
  TaggedWorld world(kTagsWithCopy);
  const auto created = world.create(world.config({{"tags", tags({{"a", "1"}, {"b", "2"}, {"c", "3"}})}}));
  const Value config = world.config({{"tags", tags({{"a", "1"}, {"b", "9"}, {"d", "4"}})}});
  world.cloud->calls.clear();
  const auto updated = world.update(created.state, config, created.private_state);
  CHECK(updated.diagnostics.empty());
  CHECK(world.cloud->calls == std::vector<std::string>{"tag m-new b=9 d=4 -c"});
  CHECK(updated.state["tags_all"] == tags({{"a", "1"}, {"b", "9"}, {"d", "4"}}));

  const auto read = world.read_with(updated, {{"a", "1"}, {"b", "changed"}, {"e", "5"}});
  CHECK(read.state["tags"] == tags({{"a", "1"}, {"b", "changed"}, {"e", "5"}}));
  world.cloud->calls.clear();
  CHECK(world.update(read.state, config, read.private_state).diagnostics.empty());
  CHECK(world.cloud->calls == std::vector<std::string>{"tag m-new b=9 d=4 -e"});
}

TEST_CASE("an empty map of tags means no tags, and stays as configured") {
  TaggedWorld world(kTagsWithCopy);
  const Value config = world.config({{"tags", tags({})}});
  const auto created = world.create(config);
  CHECK(created.state["tags"] == tags({}));
  CHECK(created.state["tags_all"].is_null());
  const auto read = world.read_with(created, {});
  CHECK(world.plan(read.state, config, read.private_state).planned_state == read.state);
}

TEST_CASE("where the copy call takes no tags they are set when the copy is finished") {
  TaggedWorld world(kTagsAfterCopy, tags({{"team", "images"}}));
  const auto created = world.create(world.config());
  CHECK(created.diagnostics.empty());
  CHECK(world.cloud->calls == std::vector<std::string>{"start m-src", "describe", "tag m-new team=images"});
}

TEST_CASE("tags that could not be set do not taint the copy, and the next apply sets them") {
  cloud::Traits traits = kTagsAfterCopy;
  traits.reports_tags = GENERATE(true, false);
  TaggedWorld world(traits);
  world.cloud->tag_change_results = {std::unexpected(failure(ErrorKind::permission_denied))};
  const Value config = world.config({{"tags", tags({{"a", "1"}})}});
  const auto created = world.create(config);
  CAPTURE(traits.reports_tags);
  REQUIRE(created.diagnostics.size() == 1);
  CHECK(created.diagnostics[0].severity == tf::Severity::warning);
  const auto read = world.read_with(created, {});
  CHECK(read.state["tags_all"].is_null());
  world.cloud->tag_change_results = {{}};
  world.cloud->calls.clear();
  const auto updated = world.update(read.state, config, read.private_state);
  CHECK(world.cloud->calls == std::vector<std::string>{"tag m-new a=1"});
  const auto again = world.read_with(updated, {{"a", "1"}});
  CHECK(again.state["tags_all"] == tags({{"a", "1"}}));
}

TEST_CASE("deferred tags are all set by the apply that waits for the copy") {
  cloud::Traits traits = kTagsAfterCopy;
  traits.reports_tags = GENERATE(true, false);
  TaggedWorld world(traits);
  const auto created =
      world.create(world.config({{"wait_until", "submitted"}, {"tags", tags({{"a", "1"}, {"b", "2"}})}}));
  world.cloud->calls.clear();
  const auto updated = world.update(created.state, world.config({{"tags", tags({{"a", "9"}, {"b", "2"}})}}),
                                    created.private_state);
  CHECK_FALSE(tf::has_error(updated.diagnostics));
  CHECK(world.cloud->calls == std::vector<std::string>{"describe", "tag m-new a=9 b=2"});
}

TEST_CASE("an update that does not wait leaves deferred tags deferred") {
  TaggedWorld world(cloud::Traits{});
  const Value::Attributes submitted = {{"wait_until", "submitted"}, {"tags", tags({{"a", "1"}})}};
  const auto created = world.create(world.config(submitted));
  Value::Attributes longer = submitted;
  longer["timeouts"] = Value::Attributes{{"create", "5h"}, {"update", {}}, {"read", {}}, {"delete", {}}};
  world.cloud->calls.clear();
  const auto updated = world.update(created.state, world.config(longer), created.private_state);
  CHECK(world.cloud->calls.empty());
  const auto read = world.read_with(updated, {});
  CHECK(read.state["tags_all"].is_null());
}

TEST_CASE("a submitted copy whose tags are deferred has a warning") {
  TaggedWorld world(kTagsAfterCopy);
  const auto created =
      world.create(world.config({{"wait_until", "submitted"}, {"tags", tags({{"a", "1"}})}}));
  REQUIRE(created.diagnostics.size() == 1);
  CHECK(created.diagnostics[0].severity == tf::Severity::warning);
  CHECK(world.cloud->calls == std::vector<std::string>{"start m-src"});
}

TEST_CASE("a failed read of tags does not mean that there are none") {
  TaggedWorld world(kTagsAfterCopy);
  const auto created = world.create(world.config({{"tags", tags({{"a", "1"}})}}));
  world.cloud->has_tag_lookup = true;
  world.cloud->tag_results = {std::unexpected(failure(ErrorKind::unavailable))};
  const auto failed = world.read_with(created, {});
  CHECK(tf::has_error(failed.diagnostics));
  CHECK(failed.state == created.state);
  world.cloud->tag_results = {std::unexpected(failure(ErrorKind::permission_denied))};
  const auto permission_denied = world.read_with(created, {});
  CHECK_FALSE(tf::has_error(permission_denied.diagnostics));
  CHECK(permission_denied.diagnostics.size() == 1);
  CHECK(permission_denied.state["tags_all"] == tags({{"a", "1"}}));
}

TEST_CASE("unknown default tags leave tags_all unknown, and a tag must have a value") {
  TaggedWorld world(kTagsWithCopy, Value::Attributes{{"team", Value::unknown()}});
  CHECK(world.plan({}, world.config()).planned_state["tags_all"].is_unknown());
  const Value state = world.available_state();
  CHECK(world.plan(state, world.config()).planned_state["tags_all"].is_unknown());
  const tf::Attribute* attribute = world.resource.schema().find("tags");
  REQUIRE(attribute != nullptr);
  CHECK(attribute->validators.at(0)(Value::Attributes{{"a", Value()}}));
  CHECK_FALSE(attribute->validators.at(0)(Value::Attributes{{"a", ""}}));
}
