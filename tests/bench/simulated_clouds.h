#pragma once

#include <memory>
#include <string>
#include <vector>

#include "src/provider/image_provider.h"
#include "tests/bench/simulated_clock.h"
#include "tests/cloud/emulator_transport.h"

namespace bench {

/// A kind of copy.
struct CopyKind {
  std::string name;  ///< in the names of figures
  std::string cloud;
  std::string source_region;
  std::string source_image_id;
  std::string destination_region;
  tf::Value copy_object;  ///< the cloud's own arguments of the copy; null if there are none
};

/// All kinds.
const std::vector<CopyKind>& copy_kinds();

/// A copy whose create has returned.
struct WaitedCopy {
  std::string name;
  core::UtcTime returned;  ///< when the create returned
};

/// The provider and the emulator without a network between them, on one simulated clock, so that waits take
/// no time.
class SimulatedClouds {
 public:
  SimulatedClouds(CopyKind kind, const std::string& copy_duration);

  /// Plans and applies `count` copies in two runs of the provider. Only calls of the second one are counted.
  /// All calls between `throttled_from` and `throttled_to` after the start are throttled.
  std::vector<WaitedCopy> make_copies(int count, std::chrono::minutes throttled_from = {},
                                      std::chrono::minutes throttled_to = {});

  /// The seconds from the end of the copy in the cloud to the end of its create.
  double delay(const WaitedCopy& copy);

  /// The number of calls by action.
  std::map<std::string, int> calls();

  /// The number of calls that were throttled.
  int throttled_calls();

 private:
  std::unique_ptr<provider::ImageProvider> start_provider();
  [[nodiscard]] tf::Value configuration(const tf::Schema& schema, const std::string& name) const;
  tf::Value plan(provider::ImageProvider& provider, const std::string& name, const std::stop_token& stop);
  void create(provider::ImageProvider& provider, const std::string& name, const tf::Value& planned,
              const std::stop_token& stop);
  void throttle(std::chrono::minutes from, std::chrono::minutes to, const std::stop_token& stop);

  CopyKind kind_;
  SimulatedClock clock_;
  fakes::EmulatorTransport emulator_{clock_};
  core::NullLogger log_;
};

}  // namespace bench
