#include "tests/plugin/thing_calls.h"

using namespace harness;
using tf::Value;
using Stub = PluginClient::Stub;

namespace {

/// The one diagnostic that the configuration gets.
tfplugin6::Diagnostic only_diagnostic(PluginClient& client, const Value::Attributes& set) {
  const auto answer = answered(client, &Stub::ValidateResourceConfig, validate_request(thing(set)));
  INFO(all_diagnostics(answer));
  REQUIRE(answer.diagnostics_size() == 1);
  CHECK(answer.diagnostics(0).severity() == tfplugin6::Diagnostic::ERROR);
  return answer.diagnostics(0);
}

}  // namespace

TEST_CASE("12.43 a configuration that is good is accepted without a word") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  check_silent(answered(client, &Stub::ValidateResourceConfig, validate_request(full_thing())));
  check_silent(answered(client, &Stub::ValidateResourceConfig, validate_request(thing({{"name", "a"}}))));
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
  // Elements of sets have no address.
  const Value port = Value::Attributes{{"number", {}}};
  CHECK(path_text(only_diagnostic(client, {{"name", "a"}, {"ports", Value::Elements{port}}})) ==
        "ports.number");
  end_plugin(plugin, client);
}

TEST_CASE("12.45 a value for what the provider sets is an error at the attribute, at any depth") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  CHECK(path_text(only_diagnostic(client, {{"name", "a"}, {"id", "mine"}})) == "id");
  const Value limits = Value::Attributes{{"most", 1}, {"used", 1}};
  CHECK(path_text(only_diagnostic(client, {{"name", "a"}, {"limits", limits}})) == "limits.used");
  end_plugin(plugin, client);
}

TEST_CASE("12.46 wrong words, ranges and combinations are errors at the attribute") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  const auto word = only_diagnostic(client, {{"name", "a"}, {"mode", "sideways"}});
  CHECK(path_text(word) == "mode");
  CHECK(word.detail().find(R"("fast", "slow", not "sideways")") != std::string::npos);
  CHECK(path_text(only_diagnostic(client, {{"name", "a"}, {"size", 101}})) == "size");
  CHECK(path_text(only_diagnostic(client, {{"name", "a"}, {"text", "x"}, {"old_text", "y"}})) == "old_text");
  end_plugin(plugin, client);
}

TEST_CASE("paths of every kind arrive as they are") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  const Value config = thing({{"name", "a"}, {"behaviour", "validate:odd_text"}});
  const auto answer = answered(client, &Stub::ValidateResourceConfig, validate_request(config));
  REQUIRE(answer.diagnostics_size() == 5);
  CHECK_FALSE(answer.diagnostics(0).has_attribute());
  CHECK(path_text(answer.diagnostics(1)) == "limits.most");
  CHECK(path_text(answer.diagnostics(2)) == "labels[\"team\"]");
  CHECK(path_text(answer.diagnostics(3)) == "items[2]");
  for (const auto& diagnostic : answer.diagnostics()) {
    CHECK(diagnostic.severity() == tfplugin6::Diagnostic::WARNING);
  }
  end_plugin(plugin, client);
}
