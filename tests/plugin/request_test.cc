#include "tests/plugin/sample_schema.h"
#include "tests/plugin/thing_calls.h"
#include "tf/codec.h"

using namespace harness;
using tf::Value;
using Stub = PluginClient::Stub;

namespace {

/// Returns the summary of the first error; empty if there is none.
template <typename Response>
std::string first_error(const Response& response) {
  return count_errors(response) == 0 ? "" : response.diagnostics(0).summary();
}

/// Returns a request for `sample_thing` without other content.
template <typename Request>
Request bare() {
  Request request;
  request.set_type_name("sample_thing");
  return request;
}

/// A whole object that is unknown, which Terraform never sends.
tfplugin6::DynamicValue unknown_object() {
  return encoded(Value::unknown());
}

}  // namespace

TEST_CASE("requests without any content return without a gRPC error", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  PluginProcess plugin({.binary = binary});
  PluginClient client(plugin);
  check_silent(call_ok(client, &Stub::ConfigureProvider));
  call_ok(client, &Stub::ValidateProviderConfig);
  CHECK(count_errors(call_ok(client, &Stub::ValidateResourceConfig)) == 1);
  CHECK(count_errors(call_ok(client, &Stub::ValidateDataResourceConfig)) == 1);
  CHECK(count_errors(call_ok(client, &Stub::UpgradeResourceState)) == 1);
  CHECK(count_errors(call_ok(client, &Stub::ReadResource)) == 1);
  CHECK(count_errors(call_ok(client, &Stub::PlanResourceChange)) == 1);
  CHECK(count_errors(call_ok(client, &Stub::ApplyResourceChange)) == 1);
  CHECK(count_errors(call_ok(client, &Stub::ImportResourceState)) == 1);
  CHECK(count_errors(call_ok(client, &Stub::MoveResourceState)) == 1);
  CHECK(count_errors(call_ok(client, &Stub::ReadDataSource)) == 1);
  end_plugin(plugin, client);
}

TEST_CASE("a type that the provider does not have is an error that names it", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  PluginProcess plugin({.binary = binary});
  PluginClient client(plugin);
  tfplugin6::ReadResource::Request read;
  read.set_type_name("nobody_knows_me");
  read.mutable_current_state()->set_msgpack("\x80");
  read.set_private_("p");
  const auto response = call_ok(client, &Stub::ReadResource, read);
  check_refused(response, "Unknown Resource Type");
  CHECK(response.diagnostics(0).detail().find("\"nobody_knows_me\"") != std::string::npos);
  CHECK(response.new_state().msgpack() == "\x80");
  CHECK(response.private_() == "p");
  end_plugin(plugin, client);
}

TEST_CASE("a configuration that is missing is an error") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  const auto object = encoded(thing({{"name", "a"}}));
  CHECK(first_error(call_ok(client, &Stub::ValidateResourceConfig,
                            bare<tfplugin6::ValidateResourceConfig::Request>())) ==
        "Missing Value from Terraform");
  auto plan = bare<tfplugin6::PlanResourceChange::Request>();
  *plan.mutable_proposed_new_state() = object;
  CHECK(first_error(call_ok(client, &Stub::PlanResourceChange, plan)) == "Missing Value from Terraform");
  auto create = bare<tfplugin6::ApplyResourceChange::Request>();
  *create.mutable_planned_state() = object;
  CHECK(first_error(call_ok(client, &Stub::ApplyResourceChange, create)) == "Missing Value from Terraform");
  *create.mutable_prior_state() = object;
  CHECK(first_error(call_ok(client, &Stub::ApplyResourceChange, create)) == "Missing Value from Terraform");
  end_plugin(plugin, client);
}

TEST_CASE("an object that is unknown as a whole is an error") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  const auto object = encoded(thing({{"name", "a"}}));
  auto validate = bare<tfplugin6::ValidateResourceConfig::Request>();
  *validate.mutable_config() = unknown_object();
  CHECK(first_error(call_ok(client, &Stub::ValidateResourceConfig, validate)) ==
        "Unknown Value from Terraform");
  auto read = bare<tfplugin6::ReadResource::Request>();
  *read.mutable_current_state() = unknown_object();
  CHECK(first_error(call_ok(client, &Stub::ReadResource, read)) == "Unknown Value from Terraform");
  auto plan = bare<tfplugin6::PlanResourceChange::Request>();
  *plan.mutable_config() = object;
  *plan.mutable_proposed_new_state() = unknown_object();
  CHECK(first_error(call_ok(client, &Stub::PlanResourceChange, plan)) == "Unknown Value from Terraform");
  auto create = bare<tfplugin6::ApplyResourceChange::Request>();
  *create.mutable_config() = object;
  *create.mutable_planned_state() = unknown_object();
  CHECK(first_error(call_ok(client, &Stub::ApplyResourceChange, create)) == "Unknown Value from Terraform");
  tfplugin6::ConfigureProvider::Request configure;
  configure.mutable_config()->set_msgpack(std::string("\xd4\0\0", 3));
  CHECK(first_error(call_ok(client, &Stub::ConfigureProvider, configure)) == "Unknown Value from Terraform");
  end_plugin(plugin, client);
}

TEST_CASE("requests without an object to delete, read or upgrade are handled") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  CHECK(first_error(call_ok(client, &Stub::ApplyResourceChange,
                            bare<tfplugin6::ApplyResourceChange::Request>())) == "Nothing to Apply");
  const auto read = call_ok(client, &Stub::ReadResource, bare<tfplugin6::ReadResource::Request>());
  check_silent(read);
  CHECK(decoded(read.new_state()).is_null());
  const auto plan =
      call_ok(client, &Stub::PlanResourceChange, bare<tfplugin6::PlanResourceChange::Request>());
  check_silent(plan);
  CHECK(decoded(plan.planned_state()).is_null());
  CHECK(count_errors(call_ok(client, &Stub::UpgradeResourceState,
                             bare<tfplugin6::UpgradeResourceState::Request>())) == 1);
  CHECK(count_errors(call_ok(client, &Stub::UpgradeResourceState, upgrade_request("null"))) == 1);
  end_plugin(plugin, client);
}

TEST_CASE("values in JSON are accepted as well as MessagePack") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  const Value state = thing({{"name", "a"}, {"amount", 3}});
  auto read = bare<tfplugin6::ReadResource::Request>();
  read.mutable_current_state()->set_json(*tf::encode_json(state, sample::thing_schema().type()));
  const auto response = call_ok(client, &Stub::ReadResource, read);
  check_silent(response);
  CHECK(decoded(response.new_state()) == state);
  end_plugin(plugin, client);
}

TEST_CASE("a provider can be configured again, also after a failure") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  const tf::Type type = sample::provider_schema().type();
  for (const char* behaviour : {"configure:throw", "none", "configure:throw_other", "none"}) {
    tf::Value config = tf::null_object(type);
    config.set("behaviour", behaviour);
    tfplugin6::ConfigureProvider::Request request;
    request.mutable_config()->set_msgpack(*tf::encode_msgpack(config, type));
    CHECK(count_errors(call_ok(client, &Stub::ConfigureProvider, request)) ==
          (std::string_view(behaviour) == "none" ? 0 : 1));
  }
  end_plugin(plugin, client);
}
