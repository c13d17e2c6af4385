#include "tests/plugin/plugin_process.h"
#include "tests/plugin/responses.h"
#include "tests/plugin/thing_calls.h"
#include "tests/support/catch.h"

using namespace harness;
using Stub = PluginClient::Stub;
using tf::Value;

namespace {

tfplugin6::ReadDataSource::Request read_data_request(const Value& config) {
  tfplugin6::ReadDataSource::Request request;
  request.set_type_name("sample_thing");
  *request.mutable_config() = encoded(config);
  return request;
}

}  // namespace

TEST_CASE("a data source is listed, validated and read") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  const auto schema = call_ok(client, &Stub::GetProviderSchema);
  CHECK(schema.data_source_schemas().contains("sample_thing"));
  const auto metadata = call_ok(client, &Stub::GetMetadata);
  REQUIRE(metadata.data_sources_size() == 1);
  CHECK(metadata.data_sources(0).type_name() == "sample_thing");

  tfplugin6::ValidateDataResourceConfig::Request validate;
  validate.set_type_name("sample_thing");
  *validate.mutable_config() = encoded(full_thing());
  check_silent(call_ok(client, &Stub::ValidateDataResourceConfig, validate));
  const auto read = call_ok(client, &Stub::ReadDataSource, read_data_request(full_thing()));
  check_silent(read);
  CHECK(decoded(read.state()) == full_thing());
  end_plugin(plugin, client);
}

TEST_CASE("12.73 a data source that throws is an error, and the process survives") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  Value broken = full_thing();
  broken.set("behaviour", "read:throw");
  CHECK(count_errors(call_ok(client, &Stub::ReadDataSource, read_data_request(broken))) == 1);
  check_silent(call_ok(client, &Stub::ReadDataSource, read_data_request(full_thing())));
  end_plugin(plugin, client);
}
