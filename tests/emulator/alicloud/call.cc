#include "tests/emulator/alicloud/call.h"

#include "src/core/text.h"

namespace emulator::alicloud {

std::string Call::get(const std::string& name) const {
  const auto found = parameters.find(name);
  return found == parameters.end() ? "" : found->second;
}

std::vector<std::string> Call::list(const std::string& name) const {
  std::vector<std::string> values;
  for (auto found = parameters.find(name + ".1"); found != parameters.end();
       found = parameters.find(name + "." + std::to_string(values.size() + 1))) {
    values.push_back(found->second);
  }
  return values;
}

std::vector<std::pair<std::string, std::string>> Call::tags() const {
  std::vector<std::pair<std::string, std::string>> tags;
  for (int n = 1;; ++n) {
    const std::string prefix = "Tag." + std::to_string(n);
    if (!has(prefix + ".Key") && !has(prefix + ".Value")) return tags;
    tags.emplace_back(get(prefix + ".Key"), get(prefix + ".Value"));
  }
}

Call read_call(const Request& request) {
  Call call{.request = request};
  for (const http::QueryParameter& parameter : request.wire.query) {
    call.parameters[parameter.name] = parameter.value.value_or("");
  }
  if (request.header("content-type").starts_with("application/x-www-form-urlencoded")) {
    for (const http::QueryParameter& parameter : parse_query(request.wire.body, true)) {
      call.parameters[parameter.name] = parameter.value.value_or("");
    }
  }
  call.v3 = request.header("authorization").starts_with("ACS3-HMAC-SHA256");
  call.action = call.v3 ? request.header("x-acs-action") : call.get("Action");
  call.version = call.v3 ? request.header("x-acs-version") : call.get("Version");
  const std::string format = core::to_lower(call.get("Format"));
  call.json = format.empty() ? call.v3 : format == "json";
  return call;
}

}  // namespace emulator::alicloud
