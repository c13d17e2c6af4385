#pragma once

#include <chrono>
#include <string>

#include "src/cli/terminal.h"
#include "src/core/clock.h"
#include "tf/provider.h"

namespace cli {

struct StatusRequest {
  std::string state_json;     ///< output of `terraform show -json`
  std::string configuration;  ///< of the provider, as for `configure`
  bool watch = false;         ///< poll until every copy has ended
  bool as_json = false;
  std::chrono::seconds interval{10};  ///< between polls
};

/// Prints the current status of the copies of a state that are not available yet. Returns the exit code: 0; 1
/// if the state or a copy could not be read; 2 if a watched copy has failed or is gone.
int show_status(const StatusRequest& request, tf::Provider& provider, core::Clock& clock,
                const Terminal& terminal);

}  // namespace cli
