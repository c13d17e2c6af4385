#include "tests/plugin/thing_calls.h"

using namespace harness;
using tf::Value;
using Stub = PluginClient::Stub;

namespace {

/// Returns a configuration with the state's values for every configurable attribute.
Value config_of(const Value& state) {
  Value config = state;
  for (const char* computed : {"id", "revision", "history", "region"}) config.set(computed, {});
  return config;
}

}  // namespace

// These tests neither read the schema nor configure the provider.

TEST_CASE("a thing is planned, created, read, imported, changed and destroyed") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  const Value config = thing({{"name", "a"}, {"secret", "s"}});

  const auto plan = call_ok(client, &Stub::PlanResourceChange, plan_request({}, config));
  check_silent(plan);
  const Value planned = decoded(plan.planned_state());
  for (const char* computed : {"id", "revision", "history", "region"}) {
    CAPTURE(computed);
    CHECK(planned[computed] == Value::unknown());
  }
  CHECK(planned["mode"] == Value("fast"));
  CHECK(plan.requires_replace_size() == 0);
  CHECK(plan.planned_private() == "new");

  const auto created = call_ok(client, &Stub::ApplyResourceChange, apply_request({}, planned, config, "new"));
  check_silent(created);
  const Value state = decoded(created.new_state());
  CHECK(state["id"] == Value("thing-a"));
  CHECK(state["revision"] == Value(1));
  CHECK(created.private_() == "kept");

  const auto read = call_ok(client, &Stub::ReadResource, read_request(state, "kept"));
  CHECK(decoded(read.new_state()) == state);
  CHECK(read.private_() == "kept");

  const auto imported = call_ok(client, &Stub::ImportResourceState, import_request("thing-a"));
  REQUIRE(imported.imported_resources_size() == 1);
  CHECK(imported.imported_resources(0).type_name() == "sample_thing");
  CHECK(decoded(imported.imported_resources(0).state()) == state);
  CHECK(imported.imported_resources(0).private_() == "imported");

  Value changed_config = config;
  changed_config.set("text", "new");
  const auto update = call_ok(client, &Stub::PlanResourceChange, plan_request(state, changed_config, "kept"));
  check_silent(update);
  CHECK(update.planned_private() == "kept");
  CHECK(decoded(update.planned_state())["id"] == Value("thing-a"));
  CHECK(decoded(update.planned_state())["revision"] == Value::unknown());
  const auto updated = call_ok(client, &Stub::ApplyResourceChange,
                               apply_request(state, decoded(update.planned_state()), changed_config, "kept"));
  check_silent(updated);
  const Value after = decoded(updated.new_state());
  CHECK(after["text"] == Value("new"));
  CHECK(after["revision"] == Value(2));

  const auto destruction = call_ok(client, &Stub::PlanResourceChange, plan_request(after, {}, "kept"));
  check_silent(destruction);
  CHECK(decoded(destruction.planned_state()).is_null());
  const auto destroyed = call_ok(client, &Stub::ApplyResourceChange, apply_request(after, {}, {}, "kept"));
  check_silent(destroyed);
  CHECK(decoded(destroyed.new_state()).is_null());
  CHECK(count_errors(call_ok(client, &Stub::ImportResourceState, import_request("thing-a"))) == 1);
  end_plugin(plugin, client);
}

TEST_CASE("8.5 an unchanged configuration plans exactly what the state holds") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  const Value state = create_thing(client, full_thing());
  Value config = full_thing();
  const auto plan = call_ok(client, &Stub::PlanResourceChange, plan_request(state, config));
  check_silent(plan);
  CHECK(decoded(plan.planned_state()) == state);
  CHECK(plan.planned_state().msgpack() == encoded(state).msgpack());
  CHECK(plan.requires_replace_size() == 0);
  end_plugin(plugin, client);
}

TEST_CASE("8.5 only attributes that force a new object are reported as such") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  const Value state = create_thing(client, thing({{"name", "a"}, {"zone", "z1"}}));
  Value config = config_of(state);
  config.set("text", "x");
  CHECK(call_ok(client, &Stub::PlanResourceChange, plan_request(state, config)).requires_replace_size() == 0);
  config.set("zone", "z2");
  const auto plan = call_ok(client, &Stub::PlanResourceChange, plan_request(state, config));
  REQUIRE(plan.requires_replace_size() == 1);
  REQUIRE(plan.requires_replace(0).steps_size() == 1);
  CHECK(plan.requires_replace(0).steps(0).attribute_name() == "zone");
  end_plugin(plugin, client);
}

TEST_CASE("8.2 stored state comes back as an object of the current schema") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  const auto upgraded = call_ok(client, &Stub::UpgradeResourceState,
                                upgrade_request(R"({"name": "a", "amount": 0.1, "enabled": "true"})"));
  check_silent(upgraded);
  CHECK(decoded(upgraded.upgraded_state()) ==
        thing({{"name", "a"}, {"amount", *tf::Number::parse("0.1")}, {"enabled", true}}));
  CHECK(count_errors(call_ok(client, &Stub::UpgradeResourceState,
                             upgrade_request(R"({"name": "a", "gone": 1})"))) == 1);
  end_plugin(plugin, client);
}

TEST_CASE("a state of Terraform 0.11, which has no JSON, is refused") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  tfplugin6::UpgradeResourceState::Request request;
  request.set_type_name("sample_thing");
  (*request.mutable_raw_state()->mutable_flatmap())["name"] = "a";
  CHECK(count_errors(call_ok(client, &Stub::UpgradeResourceState, request)) == 1);
  end_plugin(plugin, client);
}

TEST_CASE("8.8 an unsupported move is rejected without a new state", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  PluginProcess plugin({.binary = binary});
  PluginClient client(plugin);
  tfplugin6::MoveResourceState::Request request;
  request.set_source_type_name("other_thing");
  request.mutable_source_state()->set_json("{}");
  for (const char* target : {"nobody_knows_me", "sample_thing", "image_copy"}) {
    CAPTURE(target);
    request.set_target_type_name(target);
    const auto moved = call_ok(client, &Stub::MoveResourceState, request);
    CHECK(count_errors(moved) == 1);
    CHECK_FALSE(moved.has_target_state());
  }
  end_plugin(plugin, client);
}
