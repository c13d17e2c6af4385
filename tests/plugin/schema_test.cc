#include "tests/plugin/schema_walker.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <functional>
#include <set>

#include "tests/plugin/responses.h"
#include "tf/codec.h"

using namespace harness;
using Schema = tfplugin6::GetProviderSchema::Response;
using Stub = PluginClient::Stub;

namespace {

/// Serializes a message deterministically, including its maps.
std::string deterministic_bytes(const Schema& schema) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream coded(&stream);
  coded.SetSerializationDeterministic(true);
  schema.SerializeToCodedStream(&coded);
  coded.Trim();
  return bytes;
}

Schema schema_of(const std::string& binary) {
  PluginProcess plugin({.binary = binary});
  PluginClient client(plugin);
  Schema schema = call_ok(client, &Stub::GetProviderSchema);
  end_plugin(plugin, client);
  return schema;
}

tfplugin6::DynamicValue wire(const tf::Value& value, const tfplugin6::Schema& schema) {
  tfplugin6::DynamicValue message;
  const auto bytes = tf::encode_msgpack(value, block_type(schema.block()));
  REQUIRE(bytes);
  message.set_msgpack(*bytes);
  return message;
}

/// Returns the faults of the sample's schema after a change.
std::string fault_after(const std::function<void(Schema&)>& change) {
  static const Schema kLegal = schema_of(sample_binary());
  Schema schema = kLegal;
  change(schema);
  std::string text;
  for (const std::string& fault : schema_faults(schema)) text += fault + "; ";
  return text;
}

tfplugin6::Schema::Block& thing_block(Schema& schema) {
  return *(*schema.mutable_resource_schemas())["sample_thing"].mutable_block();
}

/// The attribute of that name.
tfplugin6::Schema::Attribute& attribute(Schema& schema, std::string_view name) {
  auto& attributes = *thing_block(schema).mutable_attributes();
  return *std::ranges::find(attributes, name, &tfplugin6::Schema::Attribute::name);
}

}  // namespace

TEST_CASE("12.30 every request returns the same schema", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  PluginProcess plugin({.binary = binary});
  PluginClient client(plugin);
  const std::string first = deterministic_bytes(call_ok(client, &Stub::GetProviderSchema));
  CHECK(deterministic_bytes(call_ok(client, &Stub::GetProviderSchema)) == first);
  CHECK(deterministic_bytes(schema_of(binary)) == first);
  end_plugin(plugin, client);
}

TEST_CASE("12.30 and 12.43 a process whose schema was not requested accepts a wholly unknown configuration",
          "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  const Schema schema = schema_of(binary);
  PluginProcess plugin({.binary = binary});
  PluginClient client(plugin);
  tfplugin6::ValidateProviderConfig::Request validate;
  *validate.mutable_config() = wire(unknown_config(schema.provider().block()), schema.provider());
  check_silent(call_ok(client, &Stub::ValidateProviderConfig, validate));
  tfplugin6::ConfigureProvider::Request configure;
  *configure.mutable_config() = validate.config();
  check_silent(call_ok(client, &Stub::ConfigureProvider, configure));
  for (const auto& [name, resource] : schema.resource_schemas()) {
    CAPTURE(name);
    const tf::Value config = unknown_config(resource.block());
    tfplugin6::ValidateResourceConfig::Request check;
    check.set_type_name(name);
    *check.mutable_config() = wire(config, resource);
    check_silent(call_ok(client, &Stub::ValidateResourceConfig, check));
    tfplugin6::PlanResourceChange::Request plan;
    plan.set_type_name(name);
    *plan.mutable_config() = check.config();
    *plan.mutable_proposed_new_state() = check.config();
    const auto planned = call_ok(client, &Stub::PlanResourceChange, plan);
    check_silent(planned);
    const auto value = tf::decode_msgpack(planned.planned_state().msgpack(), block_type(resource.block()));
    REQUIRE(value);
    for (const auto& [attribute_name, attribute_value] : *config.as_attributes()) {
      CAPTURE(attribute_name);
      if (attribute_value.is_unknown()) CHECK((*value)[attribute_name].is_unknown());
    }
  }
  end_plugin(plugin, client);
}

TEST_CASE("12.31 the schema is valid", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  const Schema schema = schema_of(binary);
  CHECK(schema_faults(schema).empty());
  CHECK(schema.resource_schemas_size() > 0);
  CHECK(schema.server_capabilities().get_provider_schema_optional());
}

TEST_CASE("the walker finds what Terraform would reject") {
  CHECK(fault_after([](Schema&) {}).empty());
  CHECK(fault_after([](Schema& s) { s.clear_provider(); }).find("has no schema") != std::string::npos);
  CHECK(fault_after([](Schema& s) { s.mutable_provider()->clear_block(); }).find("no block") !=
        std::string::npos);
  CHECK(fault_after([](Schema& s) { attribute(s, "name").set_name("Name"); }).find("identifier") !=
        std::string::npos);
  CHECK(fault_after([](Schema& s) { attribute(s, "name").set_name("text"); }).find("twice") !=
        std::string::npos);
  CHECK(fault_after([](Schema& s) { attribute(s, "name").set_name("count"); }).find("reserved") !=
        std::string::npos);
  CHECK(fault_after([](Schema& s) { attribute(s, "name").set_optional(true); }).find("required and also") !=
        std::string::npos);
  CHECK(fault_after([](Schema& s) { attribute(s, "name").set_required(false); }).find("neither") !=
        std::string::npos);
  CHECK(fault_after([](Schema& s) { attribute(s, "name").set_type("text"); }).find("no type") !=
        std::string::npos);
  CHECK(fault_after([](Schema& s) { attribute(s, "name").clear_type(); }).find("either a type") !=
        std::string::npos);
  CHECK(fault_after([](Schema& s) { attribute(s, "rules").set_type("\"string\""); }).find("either a type") !=
        std::string::npos);
  CHECK(fault_after([](Schema& s) {
          attribute(s, "items").set_type(R"(["set","dynamic"])");
        }).find("set of dynamic") != std::string::npos);
  CHECK(fault_after([](Schema& s) {
          attribute(s, "ports").mutable_nested_type()->mutable_attributes(0)->set_type("\"dynamic\"");
        }).find("dynamic inside a set") != std::string::npos);
  CHECK(fault_after([](Schema& s) {
          attribute(s, "rules").mutable_nested_type()->set_nesting(tfplugin6::Schema::Object::INVALID);
        }).find("no nesting") != std::string::npos);
  CHECK(fault_after([](Schema& s) {
          thing_block(s).add_block_types()->set_type_name("b");
        }).find("no nesting") != std::string::npos);
  CHECK(fault_after([](Schema& s) { (*s.mutable_functions())["f"]; }).find("no return") != std::string::npos);
}

TEST_CASE("12.33 the schema is far below Terraform's limit of 64 MiB", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  const std::size_t size = schema_of(binary).ByteSizeLong();
  CHECK(size > 100);
  CHECK(size < 1024UL * 1024);
}

TEST_CASE("12.34 calls of features that are not offered are unimplemented and do no harm", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  const Schema schema = schema_of(binary);
  PluginProcess plugin({.binary = binary});
  PluginClient client(plugin);
  std::vector<std::string> rpcs = {"UpgradeResourceIdentity",
                                   "GenerateResourceConfig",
                                   "ValidateEphemeralResourceConfig",
                                   "OpenEphemeralResource",
                                   "RenewEphemeralResource",
                                   "CloseEphemeralResource",
                                   "ListResource",
                                   "ValidateListResourceConfig",
                                   "ValidateStateStoreConfig",
                                   "ConfigureStateStore",
                                   "ReadStateBytes",
                                   "WriteStateBytes",
                                   "LockState",
                                   "UnlockState",
                                   "GetStates",
                                   "DeleteState",
                                   "PlanAction",
                                   "InvokeAction",
                                   "ValidateActionConfig",
                                   "NoSuchCall"};
  if (schema.functions().empty()) rpcs.emplace_back("CallFunction");
  for (const std::string& rpc : rpcs) {
    CAPTURE(rpc);
    CHECK(call_raw(client.channel(), "/tfplugin6.Provider/" + rpc, "").status.error_code() ==
          grpc::StatusCode::UNIMPLEMENTED);
  }
  CHECK(call_raw(client.channel(), "/tfplugin5.Provider/GetSchema", "").status.error_code() ==
        grpc::StatusCode::UNIMPLEMENTED);
  end_plugin(plugin, client);
}

TEST_CASE("12.35 metadata and functions agree with the schema", "[provider]") {
  const std::string binary = GENERATE(from_range(plugin_binaries()));
  CAPTURE(binary);
  PluginProcess plugin({.binary = binary});
  PluginClient client(plugin);
  const Schema schema = call_ok(client, &Stub::GetProviderSchema);
  const auto metadata = call_ok(client, &Stub::GetMetadata);
  std::set<std::string> resources;
  for (const auto& resource : metadata.resources()) resources.insert(resource.type_name());
  std::set<std::string> expected;
  for (const auto& [name, resource] : schema.resource_schemas()) expected.insert(name);
  CHECK(resources == expected);
  CHECK(metadata.data_sources_size() == static_cast<int>(schema.data_source_schemas_size()));
  CHECK(metadata.server_capabilities().SerializeAsString() ==
        schema.server_capabilities().SerializeAsString());
  CHECK(call_ok(client, &Stub::GetFunctions).functions_size() == schema.functions_size());
  CHECK(call_ok(client, &Stub::GetResourceIdentitySchemas).diagnostics_size() == 0);
  end_plugin(plugin, client);
}
