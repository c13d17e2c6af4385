#include <nlohmann/json.hpp>
#include <regex>

#include "src/core/text.h"
#include "tests/plugin/thing_calls.h"

using namespace harness;
using tf::Value;
using Stub = PluginClient::Stub;

namespace {

/// Returns what a plugin wrote to stderr in a session with successful and failed calls.
std::string log_of_session(const std::string& binary, const Environment& environment) {
  PluginProcess plugin({.binary = binary, .environment = environment});
  PluginClient client(plugin);
  call_ok(client, &Stub::GetProviderSchema);
  call_ok(client, &Stub::ConfigureProvider);
  tfplugin6::ReadResource::Request odd;
  odd.set_type_name("two\nlines, a \"quote\" and {\"@message\": 1}");
  call_ok(client, &Stub::ReadResource, odd);
  call_ok(client, &Stub::StopProvider);
  end_plugin(plugin, client);
  return plugin.process().errors().text();
}

/// Fails the test if Terraform would crash on a line or could not parse it. Returns the number of structured
/// lines.
int check_lines(const std::string& log) {
  static const std::regex kTimestamp(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}(Z|[+-]\d\d:\d\d))");
  int structured = 0;
  for (const std::string& line : core::split(log, '\n')) {
    CAPTURE(line);
    CHECK(line.size() < 65536);
    CHECK(core::is_valid_utf8(line));
    if (!line.starts_with('{')) continue;
    const auto entry = nlohmann::json::parse(line, nullptr, false);
    REQUIRE(entry.is_object());
    for (const char* key : {"@level", "@message", "@timestamp", "@module"}) {
      CAPTURE(key);
      REQUIRE(entry.contains(key));
      REQUIRE(entry[key].is_string());
    }
    CHECK(std::regex_match(entry["@timestamp"].get<std::string>(), kTimestamp));
    ++structured;
  }
  return structured;
}

}  // namespace

TEST_CASE("12.75 Terraform can parse every line on stderr", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  CHECK(check_lines(log_of_session(binary, {{"TF_LOG", "trace"}})) >= 5);
  CHECK(check_lines(log_of_session(binary, {{"TF_LOG", "json"}})) >= 5);
  CHECK(check_lines(log_of_session(binary, {{"TF_LOG_PROVIDER", "DEBUG"}})) >= 5);
}

TEST_CASE("12.75 the log has the level that Terraform requests, and is off by default", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  CHECK(log_of_session(binary, {}).empty());
  CHECK(log_of_session(binary, {{"TF_LOG", "off"}}).empty());
  CHECK(log_of_session(binary, {{"TF_LOG", "trace"}, {"TF_LOG_PROVIDER", "off"}}).empty());
  CHECK(log_of_session(binary, {{"TF_LOG", "error"}}).empty());
  const std::string info = log_of_session(binary, {{"TF_LOG", "INFO"}});
  CHECK(info.find("\"info\"") != std::string::npos);
  CHECK(info.find("\"debug\"") == std::string::npos);
  CHECK(log_of_session(binary, {{"TF_LOG", "debug"}}).find("\"debug\"") != std::string::npos);
}

TEST_CASE("12.75 each call is logged with its name, type and duration") {
  PluginProcess plugin({.binary = sample_binary(), .environment = {{"TF_LOG", "debug"}}});
  PluginClient client(plugin);
  create_thing(client, thing({{"name", "a"}}));
  end_plugin(plugin, client);
  std::string calls;
  for (const std::string& line : core::split(plugin.process().errors().text(), '\n')) {
    const auto entry = nlohmann::json::parse(line, nullptr, false);
    if (!entry.is_object() || !entry.contains("tf_rpc")) continue;
    calls += entry["tf_rpc"].get<std::string>() + " " + entry["tf_resource_type"].get<std::string>() + "; ";
    CHECK(std::stol(entry["tf_req_duration_ms"].get<std::string>()) >= 0);
  }
  CHECK(calls == "PlanResourceChange sample_thing; ApplyResourceChange sample_thing; ");
}

TEST_CASE("12.76 secrets are never logged") {
  PluginProcess plugin({.binary = sample_binary(), .environment = {{"TF_LOG", "trace"}}});
  PluginClient client(plugin);
  const Value config = thing({{"name", "a"}, {"secret", "open sesame"}});
  check_silent(call_ok(client, &Stub::ValidateResourceConfig, validate_request(config)));
  const Value state = create_thing(client, config);
  call_ok(client, &Stub::ReadResource, read_request(state));
  Value failing = state;
  failing.set("behaviour", "update:throw");
  call_ok(client, &Stub::ApplyResourceChange, apply_request(state, failing, failing));
  call_ok(client, &Stub::UpgradeResourceState, upgrade_request(R"({"secret": "open sesame", "gone": 1})"));
  end_plugin(plugin, client);
  const std::string log = plugin.process().errors().text();
  CHECK(log.find("UpgradeResourceState") != std::string::npos);
  CHECK(log.find("open sesame") == std::string::npos);
}
