#pragma once

#include <memory>
#include <vector>

#include "tests/emulator/faults.h"
#include "tests/emulator/journal.h"
#include "tests/emulator/rate_limit.h"
#include "tests/emulator/service.h"

namespace emulator {

/// The state that requests to the clouds and to the control API work on.
struct Parts {
  const core::Clock& clock;
  Switches switches;
  World world;
  Faults faults;
  Journal journal;
  RateLimit rate_limit;
  std::vector<std::unique_ptr<Service>> services;  ///< in the order of `Cloud`

  [[nodiscard]] Service& service(Cloud cloud) { return *services.at(static_cast<std::size_t>(cloud)); }

  /// Advances the world to the current time.
  void advance_world() { world.advance_to(clock.utc() + world.data().clock_offset); }

  [[nodiscard]] Environment environment() {
    return {.world = world,
            .switches = switches,
            .rate_limit = rate_limit,
            .signing_time = clock.utc() + switches.clock_skew};
  }
};

}  // namespace emulator
