#pragma once

#include <future>
#include <string>
#include <vector>

#include "tests/plugin/thing_calls.h"

namespace harness {

using AppliedThing = CallResult<tfplugin6::ApplyResourceChange::Response>;

/// Calls that create `sample_thing` and do not return by themselves.
class WaitingCalls {
 public:
  /// Starts `count` calls and returns when all of them wait in the plugin. Fails the test if they do not.
  /// `behaviour` is `create:wait` to wait for a stop, or `create:wait_forever`.
  WaitingCalls(PluginProcess& plugin, PluginClient& client, int count,
               const std::string& behaviour = "create:wait");

  /// The number of calls that have not returned.
  [[nodiscard]] int running() const;

  /// Waits for all calls. Those that do not return in time end with a gRPC status.
  std::vector<AppliedThing> results();

 private:
  std::vector<std::future<AppliedThing>> calls_;
};

/// Waits until `count` calls have printed to stderr that they wait.
bool wait_for_waiting(PluginProcess& plugin, int count);

}  // namespace harness
