#include "tests/plugin/thing_calls.h"

using namespace harness;
using tf::Value;
using Stub = PluginClient::Stub;

namespace {

/// Returns the only diagnostic for the configuration.
tfplugin6::Diagnostic only_diagnostic(PluginClient& client, const Value::Attributes& set) {
  const auto response = call_ok(client, &Stub::ValidateResourceConfig, validate_request(thing(set)));
  INFO(all_diagnostics(response));
  REQUIRE(response.diagnostics_size() == 1);
  CHECK(response.diagnostics(0).severity() == tfplugin6::Diagnostic::ERROR);
  return response.diagnostics(0);
}

}  // namespace

TEST_CASE("12.43 a valid configuration is accepted without diagnostics") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  check_silent(call_ok(client, &Stub::ValidateResourceConfig, validate_request(full_thing())));
  check_silent(call_ok(client, &Stub::ValidateResourceConfig, validate_request(thing({{"name", "a"}}))));
  end_plugin(plugin, client);
}

TEST_CASE("12.44 a required attribute that is null is an error at the attribute, at any depth") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  CHECK(path_text(only_diagnostic(client, {})) == "name");
  const Value rule = Value::Attributes{{"port", 1}, {"note", {}}, {"state", {}}};
  const Value empty_rule = Value::Attributes{{"port", {}}, {"note", {}}, {"state", {}}};
  CHECK(path_text(only_diagnostic(client, {{"name", "a"}, {"rules", Value::Elements{rule, empty_rule}}})) ==
        "rules[1].port");
  const Value mount = Value::Attributes{{"path", {}}, {"access", {}}};
  CHECK(path_text(only_diagnostic(client, {{"name", "a"}, {"mounts", Value::Attributes{{"m", mount}}}})) ==
        "mounts[\"m\"].path");
  // Elements of sets cannot be addressed.
  const Value port = Value::Attributes{{"number", {}}};
  CHECK(path_text(only_diagnostic(client, {{"name", "a"}, {"ports", Value::Elements{port}}})) ==
        "ports.number");
  end_plugin(plugin, client);
}

TEST_CASE("12.45 a value for a read-only attribute is an error at the attribute, at any depth") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  CHECK(path_text(only_diagnostic(client, {{"name", "a"}, {"id", "mine"}})) == "id");
  const Value limits = Value::Attributes{{"most", 1}, {"used", 1}};
  CHECK(path_text(only_diagnostic(client, {{"name", "a"}, {"limits", limits}})) == "limits.used");
  end_plugin(plugin, client);
}

TEST_CASE("12.46 invalid values, ranges and combinations are errors at the attribute") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  const auto word = only_diagnostic(client, {{"name", "a"}, {"mode", "sideways"}});
  CHECK(path_text(word) == "mode");
  CHECK(word.detail().find(R"("fast" or "slow", not "sideways")") != std::string::npos);
  CHECK(path_text(only_diagnostic(client, {{"name", "a"}, {"size", 101}})) == "size");
  CHECK(path_text(only_diagnostic(client, {{"name", "a"}, {"text", "x"}, {"old_text", "y"}})) == "old_text");
  end_plugin(plugin, client);
}

TEST_CASE("paths of every kind are sent unchanged") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  const Value config = thing({{"name", "a"}, {"behaviour", "validate:odd_text"}});
  const auto response = call_ok(client, &Stub::ValidateResourceConfig, validate_request(config));
  REQUIRE(response.diagnostics_size() == 5);
  CHECK_FALSE(response.diagnostics(0).has_attribute());
  CHECK(path_text(response.diagnostics(1)) == "limits.most");
  CHECK(path_text(response.diagnostics(2)) == "labels[\"team\"]");
  CHECK(path_text(response.diagnostics(3)) == "items[2]");
  for (const auto& diagnostic : response.diagnostics()) {
    CHECK(diagnostic.severity() == tfplugin6::Diagnostic::WARNING);
  }
  end_plugin(plugin, client);
}
