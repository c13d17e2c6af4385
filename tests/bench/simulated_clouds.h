#pragma once

#include <memory>
#include <string>
#include <vector>

#include "src/provider/image_provider.h"
#include "tests/bench/shared_clock.h"
#include "tests/cloud/emulator_transport.h"

namespace bench {

/// One of the ways in which the clouds copy.
struct CopyKind {
  std::string name;  ///< as figures have it
  std::string cloud;
  std::string source_region;
  std::string source_image_id;
  std::string destination_region;
};

/// All of them.
const std::vector<CopyKind>& copy_kinds();

/// A copy that was waited for to its end.
struct WaitedCopy {
  std::string name;
  core::UtcTime returned;  ///< when its create did
};

/// The provider itself, and the emulator without a network between them, by one clock that skips what is only
/// waited for: hours take no time.
class SimulatedClouds {
 public:
  SimulatedClouds(CopyKind kind, const std::string& copy_duration);

  /// Plans and applies so many copies of the kind, as two runs of the provider; the calls of the second one
  /// are counted. All calls from `throttled_from` to `throttled_to`, since the start, are refused as too
  /// many.
  std::vector<WaitedCopy> make_copies(int count, std::chrono::minutes throttled_from = {},
                                      std::chrono::minutes throttled_to = {});

  /// From the end of the copy in the cloud to the end of its create, in seconds.
  double delay(const WaitedCopy& copy);

  /// By action.
  std::map<std::string, int> calls();

  /// Of all calls those that were refused as too many.
  int refused_calls();

 private:
  std::unique_ptr<provider::ImageProvider> start_provider();
  [[nodiscard]] tf::Value configuration(const tf::Schema& schema, const std::string& name) const;
  tf::Value plan(provider::ImageProvider& provider, const std::string& name, const std::stop_token& stop);
  void create(provider::ImageProvider& provider, const std::string& name, const tf::Value& planned,
              const std::stop_token& stop);
  void throttle(std::chrono::minutes from, std::chrono::minutes to, const std::stop_token& stop);

  CopyKind kind_;
  SharedClock clock_;
  fakes::EmulatorTransport emulator_{clock_};
  core::NullLogger log_;
};

}  // namespace bench
