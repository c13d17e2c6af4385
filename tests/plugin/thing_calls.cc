#include "tests/plugin/thing_calls.h"

#include <stdexcept>

#include "tests/plugin/sample_schema.h"
#include "tf/codec.h"

namespace harness {
namespace {

using tf::Value;
using Stub = PluginClient::Stub;

constexpr const char* kType = "sample_thing";

}  // namespace

Value thing(const Value::Attributes& set) {
  Value object = tf::null_object(sample::thing_schema().type());
  for (const auto& [name, value] : set) object.set(name, value);
  return object;
}

Value full_thing() {
  const Value rule = Value::Attributes{{"port", 22}, {"note", "for people"}, {"state", {}}};
  const Value mount = Value::Attributes{{"path", "/data"}, {"access", "rw"}};
  return thing({
      {"name", "full"},
      {"text", "text with é and 😀"},
      {"amount", *tf::Number::parse("0.1")},
      {"enabled", true},
      {"size", 7},
      {"secret", "hidden"},
      {"zone", "z1"},
      {"mode", "slow"},
      {"region", "here"},
      {"items", Value::Elements{"a", "b"}},
      {"numbers", Value::Elements{1, 2}},
      {"labels", Value::Attributes{{"team", "x"}}},
      {"shape", Value::Attributes{{"note", {}}, {"width", 3}}},
      {"pair", Value::Elements{"p", 1}},
      {"anything", Value::typed(tf::Type::list(tf::Type::boolean()), Value::Elements{true, false})},
      {"limits", Value::Attributes{{"most", 10}, {"used", {}}}},
      {"rules", Value::Elements{rule}},
      {"mounts", Value::Attributes{{"data", mount}}},
      {"ports", Value::Elements{Value::Attributes{{"number", 80}}}},
  });
}

tfplugin6::DynamicValue encoded(const Value& thing) {
  const auto bytes = tf::encode_msgpack(thing, sample::thing_schema().type());
  if (!bytes) throw std::invalid_argument("not a thing: " + bytes.error().to_string());
  tfplugin6::DynamicValue message;
  message.set_msgpack(*bytes);
  return message;
}

Value decoded(const tfplugin6::DynamicValue& message) {
  const auto value = tf::decode_msgpack(message.msgpack(), sample::thing_schema().type());
  if (!value) throw std::invalid_argument("not a thing: " + value.error().to_string());
  return *value;
}

tfplugin6::ValidateResourceConfig::Request validate_request(const Value& config) {
  tfplugin6::ValidateResourceConfig::Request request;
  request.set_type_name(kType);
  *request.mutable_config() = encoded(config);
  return request;
}

tfplugin6::PlanResourceChange::Request plan_request(const Value& prior, const Value& config,
                                                    const std::string& prior_private) {
  tfplugin6::PlanResourceChange::Request request;
  request.set_type_name(kType);
  *request.mutable_prior_state() = encoded(prior);
  *request.mutable_proposed_new_state() = encoded(config);
  *request.mutable_config() = encoded(config);
  request.set_prior_private(prior_private);
  return request;
}

tfplugin6::ApplyResourceChange::Request apply_request(const Value& prior, const Value& planned,
                                                      const Value& config,
                                                      const std::string& planned_private) {
  tfplugin6::ApplyResourceChange::Request request;
  request.set_type_name(kType);
  *request.mutable_prior_state() = encoded(prior);
  *request.mutable_planned_state() = encoded(planned);
  *request.mutable_config() = encoded(config);
  request.set_planned_private(planned_private);
  return request;
}

tfplugin6::ReadResource::Request read_request(const Value& state, const std::string& private_state) {
  tfplugin6::ReadResource::Request request;
  request.set_type_name(kType);
  *request.mutable_current_state() = encoded(state);
  request.set_private_(private_state);
  return request;
}

tfplugin6::ImportResourceState::Request import_request(const std::string& id) {
  tfplugin6::ImportResourceState::Request request;
  request.set_type_name(kType);
  request.set_id(id);
  return request;
}

tfplugin6::UpgradeResourceState::Request upgrade_request(const std::string& json) {
  tfplugin6::UpgradeResourceState::Request request;
  request.set_type_name(kType);
  request.set_version(sample::thing_schema().version);
  request.mutable_raw_state()->set_json(json);
  return request;
}

Value create_thing(PluginClient& client, const Value& config) {
  const auto plan = call_ok(client, &Stub::PlanResourceChange, plan_request({}, config));
  INFO(all_diagnostics(plan));
  REQUIRE(count_errors(plan) == 0);
  const auto applied =
      call_ok(client, &Stub::ApplyResourceChange, apply_request({}, decoded(plan.planned_state()), config));
  INFO(all_diagnostics(applied));
  REQUIRE(count_errors(applied) == 0);
  return decoded(applied.new_state());
}

}  // namespace harness
