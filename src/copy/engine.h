#pragma once

#include "src/cloud/image_cloud.h"
#include "src/copy/admission_queue.h"
#include "src/copy/batch_poller.h"
#include "src/copy/image_cache.h"
#include "src/copy/ownership.h"
#include "src/core/clock.h"

namespace copy {

/// One cloud and what all copies on it share: cached listings, ownership, admission to the quota and the
/// poller. Safe from any thread.
class Engine {
 public:
  /// `clock`: the one that the cloud uses. `max_concurrent`: copies from one source region. Both outlive the
  /// engine.
  Engine(cloud::ImageCloud& cloud, core::Clock& clock, int max_concurrent = kDefaultConcurrentCopies)
      : cloud_(cloud),
        clock_(clock),
        cache_(cloud, clock),
        ownership_(clock),
        admission_(cloud, cache_, clock, max_concurrent),
        poller_(cloud, clock) {}
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  ~Engine() = default;

  [[nodiscard]] cloud::ImageCloud& cloud() { return cloud_; }
  [[nodiscard]] core::Clock& clock() { return clock_; }
  [[nodiscard]] ImageCache& cache() { return cache_; }
  [[nodiscard]] Ownership& ownership() { return ownership_; }
  [[nodiscard]] AdmissionQueue& admission() { return admission_; }
  [[nodiscard]] BatchPoller& poller() { return poller_; }

 private:
  cloud::ImageCloud& cloud_;
  core::Clock& clock_;
  ImageCache cache_;
  Ownership ownership_;
  AdmissionQueue admission_;
  BatchPoller poller_;
};

}  // namespace copy
