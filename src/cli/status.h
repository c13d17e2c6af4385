#pragma once

#include <chrono>
#include <string>

#include "src/cli/terminal.h"
#include "src/core/clock.h"
#include "tf/provider.h"

namespace cli {

struct StatusRequest {
  std::string state_json;     ///< what `terraform show -json` prints
  std::string configuration;  ///< of the provider, as `configure` takes it
  bool watch = false;         ///< until every copy has ended
  bool as_json = false;
  std::chrono::seconds interval{10};  ///< between looks
};

/// Shows the copies of a state that still run, as their clouds tell. Returns the exit code: 1 if something
/// could not be read; 2 if a copy that was watched has failed or is gone.
int show_status(const StatusRequest& request, tf::Provider& provider, core::Clock& clock,
                const Terminal& terminal);

}  // namespace cli
