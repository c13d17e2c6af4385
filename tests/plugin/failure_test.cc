#include <array>

#include "tests/plugin/sample_schema.h"
#include "tests/plugin/thing_calls.h"
#include "tf/codec.h"

using namespace harness;
using tf::Value;
using Stub = PluginClient::Stub;

namespace {

constexpr std::array kMisfits = {"bad_value", "surplus", "missing"};

/// The state of a thing that misbehaves in the given way, such as `update:throw`.
Value stored(const std::string& behaviour) {
  return thing({{"name", "a"}, {"behaviour", behaviour}, {"id", "thing-a"}, {"revision", 1}});
}

/// The planned state of a change to a thing.
Value changed(Value state) {
  state.set("text", "changed");
  state.set("revision", Value::unknown());
  return state;
}

/// Checks that there is one error, which reports a bug in the provider.
template <typename Response>
void check_bug(const Response& response) {
  INFO(all_diagnostics(response));
  REQUIRE(response.diagnostics_size() == 1);
  CHECK(response.diagnostics(0).severity() == tfplugin6::Diagnostic::ERROR);
  CHECK(response.diagnostics(0).summary() == "Provider Bug");
}

/// Checks that the provider's own warning is followed by the host's error.
template <typename Response>
void check_misfit(const Response& response) {
  INFO(all_diagnostics(response));
  REQUIRE(response.diagnostics_size() == 2);
  CHECK(response.diagnostics(0).summary() == "Thing Is Odd");
  CHECK(response.diagnostics(1).severity() == tfplugin6::Diagnostic::ERROR);
  CHECK(response.diagnostics(1).summary() == "Provider Produced an Invalid Value");
}

/// Applies, and checks that the stored state is returned unchanged.
tfplugin6::ApplyResourceChange::Response check_apply_keeps(
    PluginClient& client, const tfplugin6::ApplyResourceChange::Request& request) {
  auto response = call_ok(client, &Stub::ApplyResourceChange, request);
  CHECK(response.new_state().msgpack() == request.prior_state().msgpack());
  CHECK(response.private_() == "private");
  return response;
}

}  // namespace

TEST_CASE("12.73 an exception in any call is one error, and the plugin lives on") {
  const std::string what = GENERATE(as<std::string>(), "throw", "throw_other");
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  SECTION("provider calls") {
    const tf::Type type = sample::provider_schema().type();
    Value config = tf::null_object(type);
    config.set("behaviour", "validate:" + what);
    tfplugin6::ValidateProviderConfig::Request validate;
    validate.mutable_config()->set_msgpack(*tf::encode_msgpack(config, type));
    check_bug(call_ok(client, &Stub::ValidateProviderConfig, validate));
    config.set("behaviour", "configure:" + what);
    tfplugin6::ConfigureProvider::Request configure;
    configure.mutable_config()->set_msgpack(*tf::encode_msgpack(config, type));
    check_bug(call_ok(client, &Stub::ConfigureProvider, configure));
  }
  SECTION("validate") {
    const Value config = thing({{"name", "a"}, {"behaviour", "validate:" + what}});
    check_bug(call_ok(client, &Stub::ValidateResourceConfig, validate_request(config)));
  }
  SECTION("upgrade") {
    const auto response = call_ok(client, &Stub::UpgradeResourceState,
                                  upgrade_request(R"({"name":"a","behaviour":"upgrade:)" + what + "\"}"));
    check_bug(response);
  }
  SECTION("read") {
    const auto request = read_request(stored("read:" + what), "private");
    const auto response = call_ok(client, &Stub::ReadResource, request);
    check_bug(response);
    CHECK(response.new_state().msgpack() == request.current_state().msgpack());
    CHECK(response.private_() == "private");
  }
  SECTION("plan") {
    const Value state = stored("plan:" + what);
    const auto request = plan_request(state, changed(state), "private");
    const auto response = call_ok(client, &Stub::PlanResourceChange, request);
    check_bug(response);
    CHECK(response.planned_state().msgpack() == request.prior_state().msgpack());
    CHECK(response.planned_private() == "private");
  }
  SECTION("create") {
    const Value config = thing({{"name", "a"}, {"behaviour", "create:" + what}});
    check_bug(check_apply_keeps(client, apply_request({}, config, config, "private")));
  }
  SECTION("update") {
    const Value state = stored("update:" + what);
    check_bug(check_apply_keeps(client, apply_request(state, changed(state), state, "private")));
  }
  SECTION("remove") {
    check_bug(check_apply_keeps(client, apply_request(stored("remove:" + what), {}, {}, "private")));
  }
  SECTION("import") {
    const auto response = call_ok(client, &Stub::ImportResourceState, import_request("import:" + what));
    check_bug(response);
    CHECK(response.imported_resources_size() == 0);
  }
  CHECK(create_thing(client, thing({{"name", "after"}}))["id"] == Value("thing-after"));
  end_plugin(plugin, client);
}

TEST_CASE("the message of the exception is shown") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  const Value config = thing({{"name", "a"}, {"behaviour", "create:throw"}});
  const auto response = call_ok(client, &Stub::ApplyResourceChange, apply_request({}, config, config));
  check_bug(response);
  CHECK(response.diagnostics(0).detail().find("the sample throws") != std::string::npos);
  CHECK(response.diagnostics(0).detail().find("ApplyResourceChange") != std::string::npos);
  end_plugin(plugin, client);
}

TEST_CASE("a value that violates the provider's own schema is never sent") {
  const std::string what = GENERATE(from_range(kMisfits));
  CAPTURE(what);
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  SECTION("upgrade") {
    const auto response = call_ok(client, &Stub::UpgradeResourceState,
                                  upgrade_request(R"({"name":"a","behaviour":"upgrade:)" + what + "\"}"));
    check_misfit(response);
  }
  SECTION("read") {
    const auto request = read_request(stored("read:" + what), "private");
    const auto response = call_ok(client, &Stub::ReadResource, request);
    check_misfit(response);
    CHECK(response.new_state().msgpack() == request.current_state().msgpack());
    CHECK(response.private_() == "private");
  }
  SECTION("plan") {
    const Value state = stored("plan:" + what);
    const auto request = plan_request(state, changed(state), "private");
    const auto response = call_ok(client, &Stub::PlanResourceChange, request);
    check_misfit(response);
    CHECK(response.planned_state().msgpack() == request.prior_state().msgpack());
    CHECK(response.planned_private() == "private");
  }
  SECTION("create, update, remove") {
    const Value created = thing({{"name", "a"}, {"behaviour", "create:" + what}});
    check_misfit(check_apply_keeps(client, apply_request({}, created, created, "private")));
    const Value updated = stored("update:" + what);
    check_misfit(check_apply_keeps(client, apply_request(updated, changed(updated), updated, "private")));
    check_misfit(check_apply_keeps(client, apply_request(stored("remove:" + what), {}, {}, "private")));
  }
  SECTION("import") {
    const auto response = call_ok(client, &Stub::ImportResourceState, import_request("import:" + what));
    check_misfit(response);
    CHECK(response.imported_resources_size() == 0);
  }
  end_plugin(plugin, client);
}

TEST_CASE("8.6 the state and private bytes that a failed call returns are kept") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  const Value config = thing({{"name", "a"}, {"behaviour", "create:fail_with_state"}});
  Value planned = config;
  planned.set("id", Value::unknown());
  const auto created = call_ok(client, &Stub::ApplyResourceChange, apply_request({}, planned, config));
  check_refused(created, "Thing Failed");
  CHECK(path_text(created.diagnostics(0)) == "behaviour");
  CHECK(decoded(created.new_state())["id"] == Value("thing-a"));
  CHECK(created.private_() == "partial");

  const Value state = stored("update:fail_with_state");
  const auto updated =
      call_ok(client, &Stub::ApplyResourceChange, apply_request(state, changed(state), state));
  check_refused(updated, "Thing Failed");
  CHECK(decoded(updated.new_state())["text"] == Value("changed"));
  CHECK(updated.private_() == "partial");
  end_plugin(plugin, client);
}

TEST_CASE("12.57 a creation that fails before the object exists leaves no state") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  const Value config = thing({{"name", "a"}, {"behaviour", "create:fail"}});
  const auto created = call_ok(client, &Stub::ApplyResourceChange, apply_request({}, config, config));
  check_refused(created, "Thing Failed");
  CHECK(decoded(created.new_state()).is_null());
  end_plugin(plugin, client);
}

TEST_CASE("8.6 a state that is stored contains no unknown values at any depth") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  const auto check_known = [](const tfplugin6::DynamicValue& message) {
    const Value state = decoded(message);
    CHECK(state.is_wholly_known());
    // Known values next to unknown ones remain.
    CHECK(state["items"] == Value(Value::Elements{"a", {}}));
    CHECK(state["labels"] == Value(Value::Attributes{{"a", {}}}));
    CHECK(state["pair"] == Value(Value::Elements{{}, 1}));
    CHECK(state["anything"] == Value::typed(tf::Type::list(tf::Type::string()), Value::Elements{Value()}));
    CHECK((*state["rules"].as_elements())[0]["port"] == Value(1));
  };
  SECTION("create") {
    const Value config = thing({{"name", "a"}, {"behaviour", "create:unknowns"}});
    const auto response = call_ok(client, &Stub::ApplyResourceChange, apply_request({}, config, config));
    check_known(response.new_state());
    CHECK(response.private_() == "odd");
  }
  SECTION("update") {
    const Value state = stored("update:unknowns");
    check_known(call_ok(client, &Stub::ApplyResourceChange, apply_request(state, state, state)).new_state());
  }
  SECTION("read") {
    check_known(call_ok(client, &Stub::ReadResource, read_request(stored("read:unknowns"))).new_state());
  }
  SECTION("upgrade") {
    const auto response = call_ok(client, &Stub::UpgradeResourceState,
                                  upgrade_request(R"({"name":"a","behaviour":"upgrade:unknowns"})"));
    check_known(response.upgraded_state());
  }
  SECTION("import") {
    const auto response = call_ok(client, &Stub::ImportResourceState, import_request("import:unknowns"));
    REQUIRE(response.imported_resources_size() == 1);
    check_known(response.imported_resources(0).state());
  }
  SECTION("a failed creation that returns its plan") {
    const Value config = thing({{"name", "a"}, {"behaviour", "create:fail_with_plan"}});
    Value planned = config;
    planned.set("id", Value::unknown());
    planned.set("history", Value::unknown());
    const auto response = call_ok(client, &Stub::ApplyResourceChange, apply_request({}, planned, config));
    CHECK(count_errors(response) == 1);
    CHECK(decoded(response.new_state()) == config);
    CHECK(response.private_() == "partial");
  }
  end_plugin(plugin, client);
}

TEST_CASE("an empty result of an upgrade or import is an error and does not remove the object") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  check_bug(call_ok(client, &Stub::UpgradeResourceState,
                    upgrade_request(R"({"name":"a","behaviour":"upgrade:nothing"})")));
  const auto imported = call_ok(client, &Stub::ImportResourceState, import_request("import:nothing"));
  check_bug(imported);
  CHECK(imported.imported_resources_size() == 0);
  end_plugin(plugin, client);
}

TEST_CASE("8.3 reading an object that no longer exists returns null without an error") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  const auto read = call_ok(client, &Stub::ReadResource, read_request(stored("read:nothing"), "private"));
  check_silent(read);
  CHECK(decoded(read.new_state()).is_null());
  end_plugin(plugin, client);
}
