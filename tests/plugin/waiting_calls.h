#pragma once

#include <future>
#include <string>
#include <vector>

#include "tests/plugin/thing_calls.h"

namespace harness {

using AppliedThing = Answer<tfplugin6::ApplyResourceChange::Response>;

/// Creations of `sample_thing` that do not return by themselves.
class WaitingCalls {
 public:
  /// Starts as many and returns when all of them wait inside the plugin; the test fails if they do not.
  /// `behaviour`: `create:wait` until they are stopped, `create:wait_in_vain` for ever.
  WaitingCalls(PluginProcess& plugin, PluginClient& client, int count,
               const std::string& behaviour = "create:wait");

  /// How many have not returned yet.
  [[nodiscard]] int running() const;

  /// Waits for all; those that do not return end with a gRPC status when the test's patience ends.
  std::vector<AppliedThing> answers();

 private:
  std::vector<std::future<AppliedThing>> calls_;
};

/// Until so many lines of stderr say that a call waits.
bool wait_for_waiting(PluginProcess& plugin, int count);

}  // namespace harness
