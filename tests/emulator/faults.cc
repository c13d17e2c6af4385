#include "tests/emulator/faults.h"

#include <algorithm>
#include <array>

#include "tests/emulator/durations.h"
#include "tests/emulator/json_reader.h"

namespace emulator {
namespace {

using nlohmann::json;

std::optional<FaultEffect> parse_effect(std::string_view name) {
  for (const FaultEffect effect :
       {FaultEffect::drop_before, FaultEffect::drop_after, FaultEffect::reset_in_body, FaultEffect::delay,
        FaultEffect::status, FaultEffect::body}) {
    if (name_of(effect) == name) return effect;
  }
  return std::nullopt;
}

bool matches(const Fault& fault, Cloud cloud, const Description& description) {
  return fault.cloud.value_or(cloud) == cloud &&
         fault.region.value_or(description.region) == description.region &&
         fault.action.value_or(description.action) == description.action;
}

json fault_json(const Fault& fault) {
  json value = {{"times", fault.times}, {"skip", fault.skip}, {"effect", name_of(fault.effect)}};
  if (fault.cloud) value["cloud"] = name_of(*fault.cloud);
  if (fault.region) value["region"] = *fault.region;
  if (fault.action) value["action"] = *fault.action;
  if (fault.status != 0) value["status"] = fault.status;
  if (!fault.code.empty()) value["code"] = fault.code;
  if (!fault.message.empty()) value["message"] = fault.message;
  for (const http::Header& header : fault.headers) value["headers"][header.name] = header.value;
  if (fault.body) value["body"] = *fault.body;
  if (!fault.content_type.empty()) value["content_type"] = fault.content_type;
  if (fault.delay > Duration::zero()) value["delay"] = format_span(fault.delay);
  return value;
}

}  // namespace

std::string_view name_of(FaultEffect effect) {
  switch (effect) {
    case FaultEffect::drop_before: return "drop_before";
    case FaultEffect::drop_after: return "drop_after";
    case FaultEffect::reset_in_body: return "reset_in_body";
    case FaultEffect::delay: return "delay";
    case FaultEffect::status: return "status";
    case FaultEffect::body: return "body";
  }
  return "";
}

std::optional<Fault> Faults::take(Cloud cloud, const Description& description) {
  for (auto fault = faults_.begin(); fault != faults_.end(); ++fault) {
    if (!matches(*fault, cloud, description)) continue;
    if (fault->skip > 0) {
      --fault->skip;
      continue;
    }
    Fault taken = *fault;
    if (--fault->times <= 0) faults_.erase(fault);
    return taken;
  }
  return std::nullopt;
}

json Faults::to_json() const {
  json list = json::array();
  for (const Fault& fault : faults_) list.push_back(fault_json(fault));
  return {{"faults", list}};
}

std::expected<Fault, std::string> parse_fault(const json& value) {
  Fault fault;
  JsonReader reader(value, "fault");
  std::map<std::string, std::string> headers;
  reader.require("effect");
  reader.read_named("effect", fault.effect, parse_effect);
  reader.read_named("cloud", fault.cloud, parse_cloud);
  reader.read("region", fault.region);
  reader.read("action", fault.action);
  reader.read("times", fault.times);
  reader.read("skip", fault.skip);
  reader.read("status", fault.status);
  reader.read("code", fault.code);
  reader.read("message", fault.message);
  reader.read("headers", headers);
  reader.read("body", fault.body);
  reader.read("content_type", fault.content_type);
  reader.read("delay", fault.delay);
  if (fault.times == 0) reader.fail("times", "must be at least 1");
  if (fault.effect == FaultEffect::status) {
    reader.require("status");
    if (fault.status < 200 || fault.status > 599) reader.fail("status", "must be an HTTP status");
  }
  if (fault.effect == FaultEffect::body) reader.require("body");
  if (fault.effect == FaultEffect::delay) reader.require("delay");
  if (fault.delay < Duration::zero()) reader.fail("delay", "must not be negative");
  for (const auto& [name, text] : headers) fault.headers.push_back({.name = name, .value = text});
  if (auto done = reader.done(); !done) return std::unexpected(done.error());
  return fault;
}

}  // namespace emulator
