#pragma once

#include <map>
#include <string>

#include "src/cli/terminal.h"
#include "tf/provider.h"

namespace cli {

/// Which images are looked for; what is empty matches all.
struct DiscoverRequest {
  std::string cloud;
  std::string region;  ///< empty: the configured one
  std::string name;
  std::string name_regex;
  std::string status;
  std::map<std::string, std::string> tags;
};

/// Prints an `import` block for each image that a configured provider finds. Returns the exit code: 1 after
/// an error.
int discover(const DiscoverRequest& request, tf::Provider& provider, const Terminal& terminal);

}  // namespace cli
