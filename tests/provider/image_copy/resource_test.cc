#include "src/provider/image_copy/resource.h"

#include "src/cloud/credentials/chain.h"
#include "tests/provider/image_copy/resource_world.h"

using cloud::CopyState;
using cloud::ErrorKind;
using fakes::check_keeps_plan;
using fakes::copy_status;
using fakes::failure;
using fakes::kAbsent;
using tf::AttributePath;
using tf::Value;
using World = fakes::ResourceWorld;

TEST_CASE("the schema is one that Terraform accepts") {
  World world;
  CHECK(tf::schema_problems(world.resource.schema()).empty());
}

TEST_CASE("a plan fills in the regions before the copy is made") {
  World world;
  const auto plan = world.plan({}, world.config({{"destination_region", {}}}));
  CHECK(plan.diagnostics.empty());
  CHECK(plan.planned_state["source_region"] == Value("r1"));
  CHECK(plan.planned_state["destination_region"] == Value("r1"));
  CHECK(plan.planned_state["wait_until"] == Value("available"));
  CHECK(plan.planned_state["image_id"].is_unknown());
  CHECK(world.cloud->calls.empty());
}

TEST_CASE("a plan with unknown values has no errors") {
  World world;
  Value config = tf::null_object(world.resource.schema().type());
  for (const tf::Attribute& attribute : world.resource.schema().attributes) {
    if (attribute.presence != tf::Presence::computed) config.set(attribute.name, Value::unknown());
  }
  CHECK(world.resource.validate(config).empty());
  CHECK(world.plan({}, config).diagnostics.empty());
  config.set("cloud", "alicloud");
  CHECK(world.plan({}, config).diagnostics.empty());
}

TEST_CASE("the arguments of another cloud are refused at validation and at plan") {
  const auto with_vault = [](const World& world, const Value& vault_id) {
    return world.config(
        {{"huaweicloud",
          Value::Attributes{{"project_name", {}}, {"agency_name", {}}, {"vault_id", vault_id}}}});
  };
  const auto check_refused = [](const tf::Diagnostics& diagnostics) {
    REQUIRE(diagnostics.size() == 1);
    CHECK(diagnostics[0].severity == tf::Severity::error);
    CHECK(diagnostics[0].summary == "Argument Not Supported by This Cloud");
    CHECK(diagnostics[0].detail.find("apply only to copies on Huawei Cloud") != std::string::npos);
    CHECK(diagnostics[0].attribute == AttributePath("huaweicloud"));
  };
  World world;
  check_refused(world.resource.validate(with_vault(world, "vault-1")));
  check_refused(world.plan({}, with_vault(world, "vault-1")).diagnostics);
  CHECK(world.cloud->calls.empty());
  // An object that sets nothing, or nothing that is known yet, is accepted.
  for (const Value& unset : {Value(), Value(""), Value::unknown()}) {
    CHECK(world.resource.validate(with_vault(world, unset)).empty());
  }
  Value on_huawei = with_vault(world, "vault-1");
  on_huawei.set("cloud", "huaweicloud");
  on_huawei.set("source_region", "r1");
  on_huawei.set("huaweicloud",
                Value::Attributes{{"project_name", {}}, {"agency_name", "agency"}, {"vault_id", "vault-1"}});
  CHECK(world.resource.validate(on_huawei).empty());
}

TEST_CASE("a cloud that is not configured is an error while planning") {
  World world;
  const auto plan = world.plan({}, world.config({{"cloud", "baiducloud"}}));
  REQUIRE(plan.diagnostics.size() == 1);
  CHECK(plan.diagnostics[0].detail == "no credentials");
  CHECK(plan.diagnostics[0].attribute == AttributePath("cloud"));
}

TEST_CASE("a cloud whose configuration is not known yet can be planned for, but not applied to") {
  World world;
  const Value config = world.config({{"cloud", "huaweicloud"}});
  const auto plan = world.plan({}, config);
  CHECK(plan.diagnostics.empty());
  CHECK(plan.planned_state["source_region"].is_unknown());
  CHECK(world.create(config).diagnostics.at(0).detail == "later");
}

TEST_CASE("a create keeps to its plan and leaves nothing unknown") {
  World world;
  world.cloud->describe_results = {copy_status(CopyState::copying, 50),
                                   copy_status(CopyState::available, 100)};
  const Value config = world.config();
  const Value planned = world.plan({}, config).planned_state;
  const auto created = world.create(config);
  CHECK(created.diagnostics.empty());
  check_keeps_plan(planned, created.state);
  CHECK(created.state["id"] == Value("alicloud/r2/m-new"));
  CHECK(created.state["status"] == Value("available"));
  CHECK(created.state["progress_percent"] == Value(100));
  CHECK(created.state["size_gb"] == Value(40));
}

TEST_CASE("a create with wait_until = submitted does not poll") {
  World world;
  const auto created = world.create(world.config({{"wait_until", "submitted"}}));
  CHECK(created.diagnostics.empty());
  CHECK(created.state["status"] == Value("queued"));
  CHECK(created.state["image_id"] == Value("m-new"));
  CHECK(created.state.is_wholly_known());
  CHECK(world.cloud->calls == std::vector<std::string>{"start m-src"});
}

TEST_CASE("a copy that was not started leaves nothing in the state") {
  World world;
  world.cloud->start_results = {std::unexpected(failure(ErrorKind::not_found, "NoSuchImage"))};
  const auto created = world.create(world.config());
  CHECK(created.state.is_null());
  REQUIRE(created.diagnostics.size() == 1);
  CHECK(created.diagnostics[0].attribute == AttributePath("source_image_id"));
  for (const char* word :
       {"SomeCall", "r1", "https://cloud.example", "NoSuchImage", "the cloud's words", "R-1"}) {
    CAPTURE(word);
    CHECK(created.diagnostics[0].detail.find(word) != std::string::npos);
  }
}

TEST_CASE("every way out of a started create returns the copy") {
  World world;
  const auto check = [&](tf::Severity severity) {
    const Value config = world.config();
    const Value planned = world.plan({}, config).planned_state;
    const auto created = world.create(config);
    REQUIRE(created.diagnostics.size() == 1);
    CHECK(created.diagnostics[0].severity == severity);
    check_keeps_plan(planned, created.state);
    CHECK(created.state["image_id"] == Value("m-new"));
  };
  SECTION("it fails") {
    world.cloud->describe_results = {copy_status(CopyState::failed)};
    check(tf::Severity::error);
  }
  SECTION("it disappears") {
    world.cloud->describe_results = {copy_status(CopyState::copying), kAbsent};
    check(tf::Severity::error);
  }
  SECTION("it times out") {
    world.cloud->describe_results = {copy_status(CopyState::copying)};
    check(tf::Severity::error);
  }
  SECTION("it cannot be polled") {
    world.cloud->describe_results = {std::unexpected(failure(ErrorKind::permission_denied))};
    check(tf::Severity::error);
  }
  SECTION("it is interrupted, which must not taint it") {
    world.cloud->describe_results = {copy_status(CopyState::copying)};
    world.clock.on_sleep = [&] { world.stop.request_stop(); };
    check(tf::Severity::warning);
  }
}

TEST_CASE("an unchanged configuration of a finished copy plans no change") {
  World world;
  const Value state = world.available_state();
  const auto plan = world.plan(state, world.config());
  CHECK(plan.planned_state == state);
  CHECK(plan.requires_replace.empty());
}

TEST_CASE("a running copy is planned to be waited for, and the update waits") {
  World world;
  const Value state = world.running_state();
  const auto plan = world.plan(state, world.config());
  CHECK(plan.requires_replace.empty());
  CHECK(plan.planned_state["status"].is_unknown());
  world.cloud->describe_results = {copy_status(CopyState::copying), copy_status(CopyState::available)};
  const auto updated = world.update(state, world.config());
  CHECK(updated.diagnostics.empty());
  check_keeps_plan(plan.planned_state, updated.state);
  CHECK(updated.state["status"] == Value("available"));
  CHECK(world.cloud->calls == std::vector<std::string>{"describe", "describe"});
}

TEST_CASE("known IDs stay known in a plan that waits for the copy") {
  World world;
  const Value state = world.running_state();
  const auto plan = world.plan(state, world.config());
  CHECK(plan.planned_state["image_id"] == Value("m-new"));
  CHECK(plan.planned_state["id"] == Value("alicloud/r2/m-new"));
  CHECK(plan.planned_state["job_id"].is_null());
}

TEST_CASE("removing a description forces replacement where it cannot be removed in place") {
  World world;
  world.cloud->describe_results = {copy_status(CopyState::available)};
  const auto made = world.create(world.config({{"description", "nightly"}}));
  CHECK(world.plan(made.state, world.config(), made.private_state).requires_replace ==
        std::vector<AttributePath>{AttributePath("description")});
  CHECK(world.plan(made.state, world.config({{"description", "weekly"}}), made.private_state)
            .requires_replace.empty());
}

TEST_CASE("credentials that cannot be fetched are an error while planning") {
  World world;
  auto credentials = std::make_shared<cloud::RefreshingCredentials>(
      [](const core::Context&) -> cloud::Result<cloud::ExpiringCredentials> {
        return std::unexpected(cloud::no_credentials("No credentials were found."));
      },
      world.clock, cloud::RefreshPolicy());
  std::map<std::string, provider::Clouds::Entry, std::less<>> entries;
  entries.emplace("alicloud",
                  provider::ConfiguredCloud(std::make_shared<core::CorrectedClock>(world.clock),
                                            std::make_unique<fakes::FakeCloud>(), credentials, ""));
  world.clouds.set(std::make_shared<const provider::Clouds>(nullptr, std::move(entries)));
  const auto plan = world.plan({}, world.config());
  REQUIRE(plan.diagnostics.size() == 1);
  CHECK(plan.diagnostics[0].detail == "No credentials were found.");
  CHECK(plan.diagnostics[0].attribute == AttributePath("cloud"));
}

TEST_CASE("a state that names no cloud is an error, not a crash") {
  World world;
  Value state = world.available_state();
  for (const Value& cloud : {Value(), Value("aws")}) {
    state.set("cloud", cloud);
    CHECK(tf::has_error(world.resource.read({.state = state}, world.stop.get_token()).diagnostics));
    CHECK(tf::has_error(world.resource.remove({.prior_state = state}, world.stop.get_token()).diagnostics));
  }
}

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

constexpr cloud::Traits kTagsWithCopy = {.tags_with_copy = true, .tags_in_listings = true};
constexpr cloud::Traits kTagsAfterCopy = {.tags_in_listings = true};

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
  traits.tags_in_listings = GENERATE(true, false);
  TaggedWorld world(traits);
  world.cloud->tag_change_results = {std::unexpected(failure(ErrorKind::permission_denied))};
  const Value config = world.config({{"tags", tags({{"a", "1"}})}});
  const auto created = world.create(config);
  CAPTURE(traits.tags_in_listings);
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
  traits.tags_in_listings = GENERATE(true, false);
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

TEST_CASE("a running copy with wait_until = submitted plans no change") {
  World world;
  const Value state = world.running_state();
  CHECK(world.plan(state, world.config({{"wait_until", "submitted"}})).planned_state == state);
}

TEST_CASE("a failed copy is planned to be replaced, with the reason") {
  World world;
  world.cloud->describe_results = {copy_status(CopyState::failed, 40, "IMG.0014: disk broken")};
  const Value state = world.create(world.config()).state;
  const auto plan = world.plan(state, world.config());
  CHECK(plan.requires_replace == std::vector<AttributePath>{AttributePath("status")});
  REQUIRE(plan.diagnostics.size() == 1);
  CHECK(plan.diagnostics[0].severity == tf::Severity::warning);
  CHECK(plan.diagnostics[0].detail.find("disk broken") != std::string::npos);
}

TEST_CASE("name and description change in place by one call") {
  World world;
  const Value state = world.available_state();
  const Value config = world.config({{"name", "other"}, {"description", "new"}});
  const auto plan = world.plan(state, config);
  CHECK(plan.requires_replace.empty());
  const auto updated = world.update(state, config);
  CHECK(updated.diagnostics.empty());
  check_keeps_plan(plan.planned_state, updated.state);
  CHECK(world.cloud->calls == std::vector<std::string>{"update m-new other new"});
}

TEST_CASE("a change of an argument that identifies the copy forces replacement") {
  World world;
  const Value state = world.available_state();
  for (const auto& [name, value] : Value::Attributes{{"source_image_id", "m-2"},
                                                     {"source_region", "r9"},
                                                     {"destination_region", "r3"},
                                                     {"encrypted", true},
                                                     {"resource_group_id", "rg-1"}}) {
    CAPTURE(name);
    const auto plan = world.plan(state, world.config({{name, value}}));
    CHECK(plan.requires_replace == std::vector<AttributePath>{AttributePath(name)});
  }
}

TEST_CASE("a change of timeouts and wait_until needs no call") {
  World world;
  const Value state = world.available_state();
  Value timeouts = Value::Attributes{{"create", "1h"}, {"update", {}}, {"read", {}}, {"delete", {}}};
  const Value config = world.config({{"timeouts", timeouts}, {"wait_until", "submitted"}});
  const auto updated = world.update(state, config);
  CHECK(updated.diagnostics.empty());
  CHECK(updated.state["timeouts"] == timeouts);
  CHECK(world.cloud->calls.empty());
}

TEST_CASE("an update that fails leaves the state as it is") {
  World world;
  const Value state = world.available_state();
  world.cloud->update_results = {std::unexpected(failure(ErrorKind::name_taken))};
  const auto updated = world.update(state, world.config({{"name", "other"}}));
  CHECK(tf::has_error(updated.diagnostics));
  CHECK(updated.diagnostics[0].attribute == AttributePath("name"));
  CHECK(updated.state["name"] == Value("copy"));
}

TEST_CASE("a read stores what was changed outside of Terraform") {
  World world;
  const Value state = world.available_state();
  auto status = copy_status(CopyState::available);
  status.image->name = "renamed";
  status.image->description = "changed";
  world.cloud->describe_results = {status};
  const auto read = world.resource.read({.state = state}, world.stop.get_token());
  CHECK(read.state["name"] == Value("renamed"));
  CHECK(read.state["description"] == Value("changed"));
}

TEST_CASE("an error never means that a copy is gone") {
  World world;
  const Value state = world.available_state();
  for (const ErrorKind kind : {ErrorKind::unreachable, ErrorKind::permission_denied, ErrorKind::unexpected}) {
    world.cloud->describe_results = {std::unexpected(failure(kind))};
    const auto read = world.resource.read({.state = state, .private_state = "p"}, world.stop.get_token());
    CHECK(tf::has_error(read.diagnostics));
    CHECK(read.state == state);
    CHECK(read.private_state == "p");
  }
}

TEST_CASE("a copy that is gone is removed from the state, and one that is not listed yet stays") {
  World world;
  const auto created = world.create(world.config({{"wait_until", "submitted"}}));
  world.cloud->describe_results = {kAbsent};
  const auto early = world.resource.read({.state = created.state, .private_state = created.private_state},
                                         world.stop.get_token());
  CHECK(early.state == created.state);
  world.clock.advance(std::chrono::minutes(5));
  const auto late = world.resource.read({.state = created.state, .private_state = created.private_state},
                                        world.stop.get_token());
  CHECK(late.state.is_null());
  CHECK(late.diagnostics.empty());
}

TEST_CASE("a copy that was listed before is gone as soon as it is no longer listed") {
  World world;
  const auto created = world.create(world.config({{"wait_until", "submitted"}}));
  world.cloud->describe_results = {copy_status(CopyState::copying)};
  const auto listed = world.resource.read({.state = created.state, .private_state = created.private_state},
                                          world.stop.get_token());
  world.cloud->describe_results = {kAbsent};
  const auto gone = world.resource.read({.state = listed.state, .private_state = listed.private_state},
                                        world.stop.get_token());
  CHECK(gone.state.is_null());
}

TEST_CASE("a failed delete keeps the state and the private state") {
  World world;
  const Value state = world.available_state();
  world.cloud->describe_results = {copy_status(CopyState::available)};
  world.cloud->delete_results = {std::unexpected(failure(ErrorKind::in_use))};
  const auto removed =
      world.resource.remove({.prior_state = state, .private_state = "p"}, world.stop.get_token());
  CHECK(tf::has_error(removed.diagnostics));
  CHECK(removed.state["image_id"] == Value("m-new"));
  CHECK(removed.private_state == "p");
}

TEST_CASE(
    "snapshots that cannot be deleted keep the resource in the state, even over a refresh, until they are "
    "gone") {
  World world;
  auto status = copy_status(CopyState::available);
  status.image->snapshot_ids = {"s-1"};
  world.cloud->describe_results = {status};
  const auto created = world.create(world.config());
  CHECK(created.state["snapshot_ids"] == Value(Value::Elements{"s-1"}));
  world.cloud->describe_results = {status, kAbsent};
  world.cloud->snapshot_delete_results = {std::unexpected(failure(ErrorKind::in_use, "SnapshotCreatedDisk"))};
  const auto removed = world.resource.remove(
      {.prior_state = created.state, .private_state = created.private_state}, world.stop.get_token());
  REQUIRE(removed.diagnostics.size() == 1);
  CHECK(removed.diagnostics[0].detail.find("s-1") != std::string::npos);
  CHECK(removed.diagnostics[0].detail.find("SnapshotCreatedDisk") != std::string::npos);
  CHECK_FALSE(removed.state.is_null());

  const auto read = world.resource.read({.state = removed.state, .private_state = removed.private_state},
                                        world.stop.get_token());
  REQUIRE_FALSE(read.state.is_null());
  CHECK(world.plan(read.state, world.config(), read.private_state).requires_replace ==
        std::vector<AttributePath>{AttributePath("status")});
  world.cloud->snapshot_delete_results = {{}};
  const auto again = world.resource.remove({.prior_state = read.state, .private_state = read.private_state},
                                           world.stop.get_token());
  CHECK(again.state.is_null());
  CHECK(again.diagnostics.empty());
}

TEST_CASE("an imported image plans only what the cloud does not report") {
  World world;
  world.cloud->describe_results = {copy_status(CopyState::available)};
  const auto imported = world.resource.import("alicloud/r2/m-new", world.stop.get_token());
  CHECK(imported.diagnostics.empty());
  CHECK(imported.state["id"] == Value("alicloud/r2/m-new"));
  CHECK(imported.state["source_image_id"].is_null());
  const auto plan = world.plan(imported.state, world.config({{"source_region", "r1"}}));
  CHECK(plan.requires_replace.empty());
  CHECK(plan.planned_state["source_image_id"] == Value("m-src"));
  CHECK(plan.planned_state["status"] == Value("available"));
  world.cloud->calls.clear();
  CHECK(world.update(imported.state, world.config({{"source_region", "r1"}})).diagnostics.empty());
  CHECK(world.cloud->calls.empty());
}

TEST_CASE(
    "values that an import could not read are taken from the configuration, with a warning, until they are "
    "applied") {
  World world;
  world.cloud->describe_results = {copy_status(CopyState::available)};
  const auto imported = world.resource.import("alicloud/r2/m-new", world.stop.get_token());
  const Value config = world.config({{"source_region", "r1"}, {"encrypted", true}, {"kms_key_id", "k-1"}});
  const auto plan = world.plan(imported.state, config, imported.private_state);
  CHECK(plan.requires_replace.empty());
  REQUIRE(plan.diagnostics.size() == 2);
  CHECK(plan.diagnostics[0].severity == tf::Severity::warning);
  CHECK(plan.diagnostics[0].attribute == AttributePath("encrypted"));
  CHECK(plan.diagnostics[1].attribute == AttributePath("kms_key_id"));

  const auto updated = world.update(imported.state, config, imported.private_state);
  CHECK(updated.state["kms_key_id"] == Value("k-1"));
  const Value later = world.config({{"source_region", "r1"}, {"encrypted", true}, {"kms_key_id", "k-2"}});
  CHECK(world.plan(updated.state, later, updated.private_state).requires_replace ==
        std::vector<AttributePath>{AttributePath("kms_key_id")});
}

TEST_CASE("an imported image that is known to be unencrypted is replaced if encryption is configured") {
  World world;
  auto plain = copy_status(CopyState::available);
  plain.image->encrypted = false;
  world.cloud->describe_results = {plain};
  const auto imported = world.resource.import("alicloud/r2/m-new", world.stop.get_token());
  const auto plan = world.plan(imported.state, world.config({{"encrypted", true}}), imported.private_state);
  CHECK(plan.requires_replace == std::vector<AttributePath>{AttributePath("encrypted")});
}

TEST_CASE("a state without any ID is an error, and does not mean that the copy is gone") {
  World world;
  Value state = world.available_state();
  state.set("image_id", {});
  const auto read = world.resource.read({.state = state}, world.stop.get_token());
  CHECK(tf::has_error(read.diagnostics));
  CHECK(read.state == state);
  CHECK(tf::has_error(world.resource.remove({.prior_state = state}, world.stop.get_token()).diagnostics));
  CHECK(world.cloud->calls.empty());
}

TEST_CASE(
    "an imported job gets its destination from the configuration, or from the region where its image is "
    "found") {
  World world;
  cloud::CopyStatus job{.state = CopyState::available, .image_id = "i-new", .image_name = "copy"};
  world.cloud->describe_results = {job};
  auto imported = world.resource.import("huaweicloud/r1/job/j-1", world.stop.get_token());
  CHECK(tf::has_error(imported.diagnostics));  // this world's Huawei Cloud is not configured yet

  Value state = tf::null_object(world.resource.schema().type());
  for (const auto& [name, value] : Value::Attributes{{"cloud", "alicloud"},
                                                     {"source_region", "r1"},
                                                     {"name", "copy"},
                                                     {"job_id", "j-1"},
                                                     {"image_id", "i-new"},
                                                     {"status", "available"},
                                                     {"wait_until", "available"}}) {
    state.set(name, value);
  }
  const Value without_destination = world.config({{"destination_region", {}}});
  CHECK(world.plan(state, without_destination).planned_state["destination_region"].is_unknown());
  auto image = copy_status(CopyState::available);
  image.image_id = image.image->id = "i-new";
  world.cloud->describe_results = {job, kAbsent, image};
  const auto found = world.update(state, without_destination);
  CHECK(found.diagnostics.empty());
  CHECK(found.state["destination_region"] == Value("r2"));
  CHECK(found.state["id"] == Value("alicloud/r2/i-new"));

  world.cloud->describe_results = {job, kAbsent};
  const auto nowhere = world.update(state, without_destination);
  world.cloud->describe_results = {kAbsent};
  for (const auto& wrong : {nowhere, world.update(state, world.config())}) {
    REQUIRE(wrong.diagnostics.size() == 1);
    CHECK(wrong.diagnostics[0].attribute == AttributePath("destination_region"));
    CHECK(wrong.diagnostics[0].detail.find("i-new") != std::string::npos);
    CHECK(wrong.state["destination_region"].is_null());
    CHECK(wrong.state["id"].is_null());
  }

  const auto removed = world.resource.remove({.prior_state = state}, world.stop.get_token());
  CHECK(tf::has_error(removed.diagnostics));
  CHECK(removed.state == state);
}

TEST_CASE("state of this version loads, even with missing attributes, and other versions are refused") {
  World world;
  const auto loaded =
      world.resource.upgrade({.version = 0, .state_json = R"({"cloud":"alicloud","name":"copy"})"});
  CHECK(loaded.diagnostics.empty());
  CHECK(loaded.state["name"] == Value("copy"));
  CHECK(loaded.state["status"].is_null());
  for (const auto& [version, json] :
       {std::pair{7, "{}"}, std::pair{0, "null"}, std::pair{0, "{"}, std::pair{0, ""}}) {
    const auto refused = world.resource.upgrade({.version = version, .state_json = json});
    CHECK(tf::has_error(refused.diagnostics));
  }
}

TEST_CASE("a second resource for the same copy is an error, and does not share the image") {
  World world;
  world.cloud->describe_results = {copy_status(CopyState::available)};
  CHECK(world.create(world.config()).diagnostics.empty());
  const auto again = world.create(world.config());
  REQUIRE(again.diagnostics.size() == 1);
  CHECK(again.diagnostics[0].summary == "Duplicate Copy");
  CHECK(again.state.is_null());
  CHECK(world.cloud->start_requests.size() == 1);
}

TEST_CASE("a change is retried while the image is busy") {
  World world;
  const Value state = world.available_state();
  world.cloud->update_results = {std::unexpected(failure(ErrorKind::busy)), {}};
  world.cloud->tag_change_results = {std::unexpected(failure(ErrorKind::busy)), {}};
  const auto updated =
      world.update(state, world.config({{"name", "other"}, {"tags", Value::Attributes{{"a", "b"}}}}));
  CHECK(updated.diagnostics.empty());
  CHECK(world.clock.sleeps() >= 2);
}
