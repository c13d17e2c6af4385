#include "src/core/text.h"
#include "tests/plugin/sample_schema.h"
#include "tests/plugin/thing_calls.h"
#include "tests/plugin/value_fields.h"
#include "tf/codec.h"

using namespace harness;
using tf::Number;
using tf::Type;
using tf::Value;
using Stub = PluginClient::Stub;

namespace {

/// Converts hexadecimal text with blanks to bytes.
std::string bytes(std::string_view hex) {
  std::string result;
  for (const std::string& pair : core::split(hex, ' '))
    result += static_cast<char>(std::stoi(pair, nullptr, 16));
  return result;
}

/// Returns a thing in MessagePack with a name and these bytes as another attribute; all others are null.
std::string thing_with(const std::string& attribute, const std::string& value) {
  const auto& attributes = sample::thing_schema().attributes;
  std::string text = "\xde" + std::string(1, '\0') + static_cast<char>(attributes.size());
  for (const tf::Attribute& each : attributes) {
    text += static_cast<char>(0xA0U | each.name.size());
    text += each.name;
    if (each.name == attribute) {
      text += value;
    } else {
      text += each.name == "name" ? "\xa1x" : "\xc0";
    }
  }
  return text;
}

/// Returns the bytes of the attribute's planned value if the configuration has these bytes.
std::string planned_bytes(PluginClient& client, const std::string& attribute, const std::string& value,
                          std::size_t length) {
  tfplugin6::PlanResourceChange::Request request;
  request.set_type_name("sample_thing");
  request.mutable_config()->set_msgpack(thing_with(attribute, value));
  request.mutable_proposed_new_state()->set_msgpack(thing_with(attribute, value));
  const auto plan = call_ok(client, &Stub::PlanResourceChange, request);
  check_silent(plan);
  const std::string& planned = plan.planned_state().msgpack();
  const std::string key = static_cast<char>(0xA0U | attribute.size()) + attribute;
  const std::size_t at = planned.find(key);
  REQUIRE(at != std::string::npos);
  return planned.substr(at + key.size(), length);
}

struct Sample {
  const char* attribute;
  Value value;
};

std::vector<Sample> known_samples() {
  return {
      {"text", ""},
      {"text", "text with é and 😀"},
      {"text", std::string(70000, 'x')},
      {"enabled", false},
      {"amount", 0},
      {"items", Value::Elements{}},
      {"items", Value::Elements{"a", Value(), "b"}},
      {"numbers", Value::Elements{}},
      {"numbers", Value::Elements{1, *Number::parse("0.1")}},
      {"labels", Value::Attributes{}},
      {"labels", Value::Attributes{{"", "empty key"}, {"null", {}}}},
      {"shape", Value::Attributes{{"note", {}}, {"width", {}}}},
      {"pair", Value::Elements{"a", {}}},
      {"anything", Value::typed(Type::string(), "text")},
      {"anything", Value::typed(Type::list(Type::number()), Value())},
      {"anything", Value::typed(Type::object({{"a", Type::dynamic()}}),
                                Value::Attributes{{"a", Value::typed(Type::boolean(), true)}})},
      {"rules", Value::Elements{}},
      {"mounts", Value::Attributes{}},
      {"ports", Value::Elements{}},
  };
}

std::vector<Sample> unknown_samples() {
  return {
      {"text", Value::unknown()},
      {"text", Value::unknown({.not_null = true, .string_prefix = "m-"})},
      {"amount", Value::unknown({.lower = tf::Bound{.number = *Number::parse("0.1")},
                                 .upper = tf::Bound{.number = 300, .inclusive = false}})},
      {"items", Value::unknown({.min_length = 1, .max_length = 3})},
      {"items", Value::Elements{"a", Value::unknown()}},
      {"numbers", Value::Elements{1, Value::unknown()}},
      {"labels", Value::Attributes{{"a", Value::unknown()}}},
      {"anything", Value::unknown()},
      {"anything", Value::typed(Type::string(), Value::unknown())},
      {"limits", Value::unknown()},
      {"rules", Value::unknown()},
      {"ports", Value::unknown()},
  };
}

}  // namespace

TEST_CASE("12.36 every value is unchanged after plan and apply") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  for (const Sample& sample : known_samples()) {
    CAPTURE(sample.attribute);
    const Value config = thing({{"name", "a"}, {sample.attribute, sample.value}});
    check_silent(call_ok(client, &Stub::ValidateResourceConfig, validate_request(config)));
    CHECK(create_thing(client, config)[sample.attribute] == sample.value);
  }
  const Value full = full_thing();
  const Value whole = create_thing(client, full);
  for (const auto& [name, value] : *full.as_attributes()) {
    CAPTURE(name);
    if (!value.is_null() && name != "limits" && name != "rules") CHECK(whole[name] == value);
  }
  end_plugin(plugin, client);
}

TEST_CASE("12.36 unknown values keep their refinements") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  for (const Sample& sample : unknown_samples()) {
    CAPTURE(sample.attribute);
    const Value config = thing({{"name", "a"}, {sample.attribute, sample.value}});
    check_silent(call_ok(client, &Stub::ValidateResourceConfig, validate_request(config)));
    const auto plan = call_ok(client, &Stub::PlanResourceChange, plan_request({}, config));
    check_silent(plan);
    CHECK(decoded(plan.planned_state())[sample.attribute] == sample.value);
  }
  end_plugin(plugin, client);
}

TEST_CASE("12.37 numbers are exact in every form that Terraform sends") {
  struct Form {
    const char* sent;
    const char* planned;
  };
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  const auto text = [](std::string_view digits) {
    return core::to_hex(std::string(1, static_cast<char>(0xA0U | digits.size()))) + core::to_hex(digits);
  };
  for (const Form& form :
       {Form{"07", "07"}, Form{"e0", "e0"}, Form{"cc ff", "cc ff"}, Form{"d0 80", "d0 80"},
        Form{"cd 00 07", "07"}, Form{"cf 7f ff ff ff ff ff ff ff", "cf 7f ff ff ff ff ff ff ff"},
        Form{"d3 80 00 00 00 00 00 00 00", "d3 80 00 00 00 00 00 00 00"},
        Form{"cb 3f e0 00 00 00 00 00 00", "ca 3f 00 00 00"}, Form{"a3 30 2e 31", "a3 30 2e 31"},
        Form{"a2 31 32", "0c"},
        Form{"b3 39 32 32 33 33 37 32 30 33 36 38 35 34 37 37 35 38 30 38",
             "b3 39 32 32 33 33 37 32 30 33 36 38 35 34 37 37 35 38 30 38"}}) {
    CAPTURE(form.sent);
    const std::string expected = bytes(form.planned);
    CHECK(core::to_hex(planned_bytes(client, "amount", bytes(form.sent), expected.size())) ==
          core::to_hex(expected));
  }
  const std::string large = "1000000000000000000000000000000";
  CHECK(core::to_hex(planned_bytes(client, "amount",
                                   "\xa4"
                                   "1e30",
                                   1 + large.size())) == text(large));
  end_plugin(plugin, client);
}

TEST_CASE("12.37 numbers that are too long are rejected, not rounded") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  for (const std::string& number : {std::string(5000, '9'), std::string("1e999999999999"), std::string("nan"),
                                    std::string("0x10"), std::string("1,5")}) {
    CAPTURE(number.substr(0, 20));
    const std::string length = {static_cast<char>(number.size() >> 8U), static_cast<char>(number.size())};
    tfplugin6::ValidateResourceConfig::Request request;
    request.set_type_name("sample_thing");
    request.mutable_config()->set_msgpack(thing_with("amount", "\xda" + length + number));
    const auto result = call_ok(client, &Stub::ValidateResourceConfig, request);
    check_refused(result, "Unreadable Value from Terraform");
    CHECK(path_text(result.diagnostics(0)) == "amount");
  }
  end_plugin(plugin, client);
}

TEST_CASE("12.38 extensions of any kind are unknown values") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  for (const char* extension :
       {"d4 05 07", "d4 00 00", "c7 00 00", "c7 03 0c 81 7f c2", "d6 63 01 02 03 04"}) {
    CAPTURE(extension);
    CHECK(core::to_hex(planned_bytes(client, "text", bytes(extension), 3)) == "d40000");
  }
  end_plugin(plugin, client);
}

TEST_CASE("12.40 a surplus or missing attribute is an error in every call") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  for (const ValueField& field : value_fields(call_ok(client, &Stub::GetProviderSchema))) {
    CAPTURE(field.name);
    std::map<std::string, Type> fewer = field.type.attributes();
    std::map<std::string, Type> more = fewer;
    fewer.erase("behaviour");
    more.emplace("nobody_knows_me", Type::string());
    for (const Type& type : {Type::object(fewer), Type::object(more)}) {
      tfplugin6::DynamicValue value;
      value.set_msgpack(*tf::encode_msgpack(tf::null_object(type), type));
      const FieldResult result = field.send(client, value);
      CAPTURE(result.diagnostics);
      CHECK(result.status.ok());
      CHECK(result.errors == 1);
      const bool surplus = type.attributes().contains("nobody_knows_me");
      CHECK(result.diagnostics.find(surplus ? "nobody_knows_me: there is no such attribute"
                                            : "behaviour: the attribute is missing") != std::string::npos);
    }
  }
  end_plugin(plugin, client);
}

TEST_CASE("12.41 invalid UTF-8 is replaced before it is sent") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  const Value config = thing({{"name", "a"}, {"behaviour", "create:odd_text"}});
  const auto applied = call_ok(client, &Stub::ApplyResourceChange, apply_request({}, config, config));
  const Value state = decoded(applied.new_state());
  CHECK(state["text"].text() == "one \uFFFD byte");
  CHECK(state["labels"] == Value(Value::Attributes{{"key \uFFFD", "value \uFFFD"}}));
  CHECK(applied.private_() == "odd \xFF");
  REQUIRE(applied.diagnostics_size() == 5);
  CHECK(applied.diagnostics(4).summary() == "Summary \uFFFD");
  CHECK(applied.diagnostics(4).detail() == "Detail \uFFFD\uFFFD");
  CHECK(path_text(applied.diagnostics(4)) == "labels[\"key \uFFFD\"]");
  end_plugin(plugin, client);
}

TEST_CASE("12.42 infinity is never sent") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  const Value prior = create_thing(client, thing({{"name", "a"}}));
  for (const char* call : {"read", "plan", "update"}) {
    CAPTURE(call);
    Value config = prior;
    config.set("behaviour", std::string(call) + ":infinity");
    const auto plan = call_ok(client, &Stub::PlanResourceChange, plan_request(prior, config));
    const auto read = call_ok(client, &Stub::ReadResource, read_request(config));
    const auto applied = call_ok(client, &Stub::ApplyResourceChange, apply_request(prior, config, config));
    CHECK(count_errors(plan) + count_errors(read) + count_errors(applied) == 1);
    CHECK(decoded(plan.planned_state())["amount"].is_null());
    CHECK(decoded(read.new_state())["amount"].is_null());
    CHECK(decoded(applied.new_state())["amount"].is_null());
  }
  end_plugin(plugin, client);
}

TEST_CASE("12.42 infinity in a configuration is an error at its attribute") {
  PluginProcess plugin({.binary = sample_binary()});
  PluginClient client(plugin);
  tfplugin6::PlanResourceChange::Request request;
  request.set_type_name("sample_thing");
  request.mutable_config()->set_msgpack(thing_with("amount", bytes("cb 7f f0 00 00 00 00 00 00")));
  *request.mutable_proposed_new_state() = request.config();
  const auto plan = call_ok(client, &Stub::PlanResourceChange, request);
  REQUIRE(count_errors(plan) == 1);
  CHECK(path_text(plan.diagnostics(0)) == "amount");
  end_plugin(plugin, client);
}
