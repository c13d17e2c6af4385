#pragma once

#include <ostream>

#include "schema/diagnostic.h"

/// What the program does when a person runs it.
namespace cli {

/// Where a person reads. `out` holds what was asked for, `messages` all else.
struct Terminal {
  std::ostream& out;
  std::ostream& messages;
  bool is_interactive = false;  ///< `out` is a screen: it may be drawn over
};

/// As Terraform words them, one paragraph each.
void print(std::ostream& stream, const tf::Diagnostics& diagnostics);

}  // namespace cli
