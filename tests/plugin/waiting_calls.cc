#include "tests/plugin/waiting_calls.h"

#include <algorithm>

namespace harness {

using tf::Value;

WaitingCalls::WaitingCalls(PluginProcess& plugin, PluginClient& client, int count,
                           const std::string& behaviour) {
  for (int i = 0; i < count; ++i) {
    const Value config = thing({{"name", "waiter-" + std::to_string(i)}, {"behaviour", behaviour}});
    Value planned = config;
    planned.set("id", Value::unknown());
    const auto request = apply_request({}, planned, config);
    calls_.push_back(std::async(std::launch::async, [&client, request] {
      return client.call(&PluginClient::Stub::ApplyResourceChange, request);
    }));
  }
  INFO(plugin.process().errors().text());
  REQUIRE(wait_for_waiting(plugin, count));
}

int WaitingCalls::running() const {
  return static_cast<int>(std::ranges::count_if(calls_, [](const auto& call) {
    return call.wait_for(std::chrono::seconds(0)) != std::future_status::ready;
  }));
}

std::vector<AppliedThing> WaitingCalls::results() {
  std::vector<AppliedThing> all;
  for (auto& call : calls_) all.push_back(call.get());
  return all;
}

bool wait_for_waiting(PluginProcess& plugin, int count) {
  return plugin.process().errors().wait_until([count](std::string_view text) {
    constexpr std::string_view kWaits = " waits\n";
    int found = 0;
    for (std::size_t at = text.find(kWaits); at != std::string_view::npos; at = text.find(kWaits, at + 1)) {
      ++found;
    }
    return found >= count;
  });
}

}  // namespace harness
