#include "tests/plugin/plugin_process.h"
#include "tests/plugin/responses.h"
#include "tests/support/catch.h"
#include "tf/codec.h"

using namespace harness;
using Stub = PluginClient::Stub;
using tf::Type;
using tf::Value;

namespace {

tfplugin6::DynamicValue packed(const Value& value, const Type& type) {
  tfplugin6::DynamicValue message;
  message.set_msgpack(tf::encode_msgpack(value, type).value());
  return message;
}

tfplugin6::CallFunction::Request repeat(const Value& text, const Value& times) {
  tfplugin6::CallFunction::Request request;
  request.set_name("repeat");
  *request.add_arguments() = packed(text, Type::string());
  *request.add_arguments() = packed(times, Type::number());
  return request;
}

}  // namespace

TEST_CASE("a function is described and called, also before the provider is configured") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  const auto schema = call_ok(client, &Stub::GetProviderSchema);
  REQUIRE(schema.functions().contains("repeat"));
  const tfplugin6::Function& function = schema.functions().at("repeat");
  CHECK(function.summary() == "Repeats a text");
  REQUIRE(function.parameters_size() == 2);
  CHECK(function.parameters(1).name() == "times");
  CHECK(function.parameters(1).type() == "\"number\"");
  CHECK(function.return_().type() == "\"string\"");
  const auto metadata = call_ok(client, &Stub::GetMetadata);
  REQUIRE(metadata.functions_size() == 1);
  CHECK(metadata.functions(0).name() == "repeat");

  const auto called = call_ok(client, &Stub::CallFunction, repeat("ab", 3));
  CHECK_FALSE(called.has_error());
  CHECK(tf::decode_msgpack(called.result().msgpack(), Type::string()) == Value("ababab"));
  end_plugin(plugin, client);
}

TEST_CASE("a failed function reports the reason and the invalid argument") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  const auto blamed = call_ok(client, &Stub::CallFunction, repeat("ab", -1));
  CHECK_FALSE(blamed.has_result());
  CHECK(blamed.error().text() == "It must be a whole number");
  CHECK(blamed.error().function_argument() == 1);
  const auto unblamed = call_ok(client, &Stub::CallFunction, repeat("no_reason", 1));
  CHECK_FALSE(unblamed.error().has_function_argument());
  CHECK(unblamed.error().text() == "It \xef\xbf\xbd cannot");
  end_plugin(plugin, client);
}

TEST_CASE("an invalid call of a function is an error, and the process survives") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  tfplugin6::CallFunction::Request unknown = repeat("ab", 1);
  unknown.set_name("no_such");
  tfplugin6::CallFunction::Request few = repeat("ab", 1);
  few.mutable_arguments()->RemoveLast();
  tfplugin6::CallFunction::Request garbage = repeat("ab", 1);
  garbage.mutable_arguments(1)->set_msgpack("\xc1");
  for (const auto& request : {unknown, few, garbage, repeat("throw", 1), repeat("throw_other", 1),
                              repeat("wrong_type", 1), repeat(Value(), 1), repeat(Value::unknown(), 1)}) {
    CAPTURE(request.name(), request.arguments_size());
    const auto refused = call_ok(client, &Stub::CallFunction, request);
    CHECK_FALSE(refused.has_result());
    CHECK_FALSE(refused.error().text().empty());
  }
  CHECK_FALSE(call_ok(client, &Stub::CallFunction, repeat("ab", 1)).has_error());
  end_plugin(plugin, client);
}
