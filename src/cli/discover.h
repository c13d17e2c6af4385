#pragma once

#include <map>
#include <string>

#include "src/cli/terminal.h"
#include "tf/provider.h"

namespace cli {

/// Filters of a search for images. An empty filter matches all images.
struct DiscoverRequest {
  std::string cloud;
  std::string region;  ///< empty: the configured region
  std::string name;
  std::string name_regex;
  std::string status;
  std::map<std::string, std::string> tags;
};

/// Prints an `import` block for each image that matches. `provider` must be configured. Returns the exit
/// code: 0, or 1 after an error.
int discover(const DiscoverRequest& request, tf::Provider& provider, const Terminal& terminal);

}  // namespace cli
