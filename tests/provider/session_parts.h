#pragma once

#include "src/provider/session.h"

namespace fakes {

/// What a session refers to, for one cloud and no configuration.
struct SessionParts {
  SessionParts(cloud::ImageCloud& the_cloud, core::Clock& clock,
               int copies_at_once = copy::kUsualCopiesAtOnce)
      : cloud(the_cloud),
        catalog(cloud, clock),
        ledger(clock),
        queue(cloud, catalog, clock, copies_at_once),
        watch(cloud, clock) {}

  [[nodiscard]] copy::Session session(const std::string& default_region = "r1") {
    return {.clouds = nullptr,
            .cloud = &cloud,
            .catalog = &catalog,
            .ledger = &ledger,
            .queue = &queue,
            .watch = &watch,
            .default_region = default_region};
  }

  cloud::ImageCloud& cloud;
  copy::Catalog catalog;
  copy::Ledger ledger;
  copy::CopyQueue queue;
  copy::Watch watch;
};

}  // namespace fakes
