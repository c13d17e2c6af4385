#pragma once

#include "src/cloud/image_cloud.h"
#include "src/copy/admission_queue.h"
#include "src/copy/batch_poller.h"
#include "src/copy/image_cache.h"
#include "src/copy/ownership.h"
#include "src/copy/policies.h"
#include "src/core/clock.h"

namespace copy {

/// One cloud and what all copies on it share: cached listings, ownership, admission to the quota and the
/// poller. Safe to use from any thread.
class Engine {
 public:
  /// `clock`: the one that the cloud uses. Both outlive the engine.
  Engine(cloud::ImageCloud& cloud, core::Clock& clock, const EnginePolicies& policies = {})
      : policies_(policies),
        cloud_(cloud),
        clock_(clock),
        cache_(cloud, clock, policies.cache),
        ownership_(clock, policies.ownership),
        admission_(cloud, cache_, clock, policies.admission),
        poller_(cloud, clock) {}
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  ~Engine() = default;

  [[nodiscard]] const EnginePolicies& policies() const { return policies_; }
  [[nodiscard]] cloud::ImageCloud& cloud() { return cloud_; }
  [[nodiscard]] core::Clock& clock() { return clock_; }
  [[nodiscard]] ImageCache& cache() { return cache_; }
  [[nodiscard]] Ownership& ownership() { return ownership_; }
  [[nodiscard]] AdmissionQueue& admission() { return admission_; }
  [[nodiscard]] BatchPoller& poller() { return poller_; }

 private:
  const EnginePolicies policies_;
  cloud::ImageCloud& cloud_;
  core::Clock& clock_;
  ImageCache cache_;
  Ownership ownership_;
  AdmissionQueue admission_;
  BatchPoller poller_;
};

}  // namespace copy
