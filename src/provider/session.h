#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "tf/diagnostic.h"
#include "src/provider/clouds.h"
#include "src/core/clock.h"

namespace copy {

/// One call's cloud and what keeps it alive.
struct Session {
  std::shared_ptr<const Clouds> clouds;
  cloud::ImageCloud* cloud = nullptr;
  Catalog* catalog = nullptr;
  Ledger* ledger = nullptr;
  CopyQueue* queue = nullptr;
  Watch* watch = nullptr;
  std::string default_region;
};

/// Adds a diagnostic and returns nothing if the cloud cannot be used.
std::optional<Session> open_session(const CurrentClouds& current, core::Clock& clock,
                                    const std::string& cloud, const std::stop_token& stop,
                                    tf::Diagnostics& diagnostics);

/// Whether the cloud's configuration is not known before other resources are applied.
bool waits_for_apply(const CurrentClouds& current, const std::string& cloud);

}  // namespace copy
