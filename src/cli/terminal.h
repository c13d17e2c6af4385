#pragma once

#include <cstddef>
#include <ostream>

#include "tf/diagnostic.h"

/// What the program does when a person runs it.
namespace cli {

/// Where a person reads. `out` holds what was asked for, `messages` all else.
struct Terminal {
  std::ostream& out;
  std::ostream& messages;
  bool is_interactive = false;  ///< `out` is a screen: it may be drawn over
  std::size_t columns = 80;     ///< of that screen
  std::size_t rows = 24;
};

/// Whether all that was printed has arrived; else says that it has not.
bool has_printed(const Terminal& terminal);

/// As Terraform words them, one paragraph each.
void print(std::ostream& stream, const tf::Diagnostics& diagnostics);

}  // namespace cli
