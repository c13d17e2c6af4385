#pragma once

#include <cstddef>
#include <ostream>

#include "tf/diagnostic.h"

/// The commands that people run in a terminal.
namespace cli {

/// The output streams of a command.
struct Terminal {
  std::ostream& out;            ///< the result
  std::ostream& messages;       ///< errors, warnings and hints
  bool is_interactive = false;  ///< `out` is a screen on which lines can be overwritten
  std::size_t columns = 80;     ///< of that screen
  std::size_t rows = 24;
};

/// Returns whether everything printed to `out` was written. If not, prints an error.
bool has_printed(const Terminal& terminal);

/// Prints diagnostics in Terraform's form, one paragraph each.
void print(std::ostream& stream, const tf::Diagnostics& diagnostics);

}  // namespace cli
