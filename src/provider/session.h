#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "src/core/clock.h"
#include "src/provider/clouds.h"
#include "tf/diagnostic.h"

namespace provider {

/// The cloud that one operation works on, and what keeps it alive.
struct Session {
  std::shared_ptr<const Clouds> clouds;
  copy::Engine* engine = nullptr;
  std::string default_region;

  [[nodiscard]] cloud::ImageCloud& cloud() const { return engine->cloud(); }
  [[nodiscard]] const cloud::Vendor& vendor() const { return cloud().vendor(); }
  [[nodiscard]] copy::ImageCache& cache() const { return engine->cache(); }
  [[nodiscard]] copy::Ownership& ownership() const { return engine->ownership(); }
};

/// Returns nullopt, with a diagnostic, if the cloud cannot be used.
std::optional<Session> open_session(const CurrentClouds& current, core::Clock& clock,
                                    const std::string& cloud, const std::stop_token& stop,
                                    tf::Diagnostics& diagnostics);

/// Whether the configuration of the cloud is unknown until other resources are applied.
bool waits_for_apply(const CurrentClouds& current, const std::string& cloud);

}  // namespace provider
