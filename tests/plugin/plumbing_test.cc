#include "tests/plugin/waiting_calls.h"
#include "tf/codec.h"

using namespace harness;
using tf::Value;
using Stub = PluginClient::Stub;

namespace {

/// Checks that stopped calls returned the state that they knew.
void check_stopped(const std::vector<AppliedThing>& results) {
  for (const AppliedThing& result : results) {
    CAPTURE(result.status.error_message());
    REQUIRE(result.status.ok());
    REQUIRE(result.response.diagnostics_size() == 1);
    CHECK(result.response.diagnostics(0).summary() == "Thing Not Finished");
    const Value state = decoded(result.response.new_state());
    CHECK(state["id"].text().value_or("").starts_with("thing-waiter-"));
    CHECK(result.response.private_() == "stopped");
  }
}

}  // namespace

TEST_CASE("12.24 the streams that Terraform keeps open carry no messages and end with the plugin",
          "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  PluginProcess plugin({.binary = binary});
  PluginClient client(plugin);
  for (int call = 0; call < 20; ++call) CHECK(client.call(&Stub::GetProviderSchema).status.ok());
  CHECK(client.streams().open());
  CHECK(client.shut_down().ok());
  CHECK(client.streams().wait_until_ended());
  CHECK(client.streams().received() == 0);
  CHECK(plugin.process().wait() == exited(0));
}

TEST_CASE("12.25 the health service says that the plugin serves", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  PluginProcess plugin({.binary = binary});
  PluginClient client(plugin);
  // HealthCheckRequest{service: "plugin"} and HealthCheckResponse{status: SERVING}
  const auto result = call_raw(client.channel(), "/grpc.health.v1.Health/Check", "\x0a\x06plugin");
  CHECK(result.status.ok());
  CHECK(result.response == "\x08\x01");
  end_plugin(plugin, client);
}

TEST_CASE("12.26 forty calls wait side by side, and StopProvider ends them all") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  WaitingCalls calls(plugin, client, 40);
  CHECK(calls.running() == 40);
  CHECK(call_ok(client, &Stub::StopProvider).error().empty());
  check_stopped(calls.results());
  end_plugin(plugin, client);
}

TEST_CASE("a call that begins after StopProvider runs until the next one") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  call_ok(client, &Stub::StopProvider);
  WaitingCalls calls(plugin, client, 1);
  CHECK(calls.running() == 1);
  call_ok(client, &Stub::StopProvider);
  check_stopped(calls.results());
  end_plugin(plugin, client);
}

TEST_CASE("StopProvider reaches every kind of call that may take long") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  const auto waiter = [](const char* behaviour) { return thing({{"name", "a"}, {"behaviour", behaviour}}); };
  const auto later = [&client](auto rpc, const auto& request) {
    return std::async(std::launch::async,
                      [&client, rpc, request] { return client.call(rpc, request).status; });
  };
  const Value update = waiter("update:wait");
  std::vector<std::future<grpc::Status>> calls;
  calls.push_back(later(&Stub::PlanResourceChange, plan_request({}, waiter("plan:wait"))));
  calls.push_back(later(&Stub::ReadResource, read_request(waiter("read:wait"))));
  calls.push_back(later(&Stub::ApplyResourceChange, apply_request(update, update, update)));
  calls.push_back(later(&Stub::ApplyResourceChange, apply_request(waiter("remove:wait"), {}, {})));
  calls.push_back(later(&Stub::ImportResourceState, import_request("import:wait")));
  REQUIRE(wait_for_waiting(plugin, 5));
  call_ok(client, &Stub::StopProvider);
  for (auto& call : calls) CHECK(call.get().ok());
  end_plugin(plugin, client);
}

TEST_CASE("12.27 every call accepts and returns a value of ten megabytes") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  const std::string text(10'000'000, 'x');
  const Value config = thing({{"name", "big"}, {"text", text}});
  CHECK(count_errors(call_ok(client, &Stub::ValidateResourceConfig, validate_request(config))) == 0);
  const Value state = create_thing(client, config);
  CHECK(state["text"].text() == text);
  const auto read = call_ok(client, &Stub::ReadResource, read_request(state));
  CHECK(decoded(read.new_state()) == state);
  end_plugin(plugin, client);
}

TEST_CASE("12.27 a provider configuration of ten megabytes is received", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  PluginProcess plugin({.binary = binary});
  PluginClient client(plugin);
  tfplugin6::ValidateProviderConfig::Request request;
  request.mutable_config()->set_msgpack(
      *tf::encode_msgpack(Value::Attributes{{"nobody_knows_me", std::string(10'000'000, 'x')}},
                          tf::Type::object({{"nobody_knows_me", tf::Type::string()}})));
  CHECK(count_errors(call_ok(client, &Stub::ValidateProviderConfig, request)) == 1);
  end_plugin(plugin, client);
}
