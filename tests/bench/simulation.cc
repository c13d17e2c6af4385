#include "tests/bench/simulation.h"

#include <algorithm>

#include "tests/bench/simulated_clouds.h"

namespace bench {
namespace {

using namespace std::chrono_literals;

int sum(const std::map<std::string, int>& calls) {
  int all = 0;
  for (const auto& [action, count] : calls) all += count;
  return all;
}

double longest_delay(SimulatedClouds& clouds, const std::vector<WaitedCopy>& copies) {
  double longest = 0;
  for (const WaitedCopy& copy : copies) longest = std::max(longest, clouds.delay(copy));
  return longest;
}

void measure_one(const CopyKind& kind, const std::string& duration, Figures& figures) {
  SimulatedClouds clouds(kind, duration);
  const auto copies = clouds.make_copies(1);
  const std::string name = "copy_" + duration + "_" + kind.name;
  const auto calls = clouds.calls();
  figures.add(name + "_calls", sum(calls), "calls");
  for (const auto& [action, count] : calls) figures.add(name + "_calls_" + action, count, "calls");
  figures.add(name + "_delay", longest_delay(clouds, copies), "s");
}

void measure_many(const CopyKind& kind, int count, Figures& figures) {
  SimulatedClouds clouds(kind, "1h");
  const auto copies = clouds.make_copies(count);
  const std::string name = "copies_" + std::to_string(count) + "_1h_" + kind.name;
  const auto calls = clouds.calls();
  figures.add(name + "_calls", sum(calls), "calls");
  for (const auto& [action, called] : calls) figures.add(name + "_calls_" + action, called, "calls");
  figures.add(name + "_delay", longest_delay(clouds, copies), "s");
}

void measure_throttled(const CopyKind& kind, Figures& figures) {
  SimulatedClouds clouds(kind, "1h");
  const auto copies = clouds.make_copies(1, 10min, 40min);
  const std::string name = "throttled_1h_" + kind.name;
  figures.add(name + "_calls", sum(clouds.calls()), "calls");
  figures.add(name + "_calls_refused", clouds.throttled_calls(), "calls");
  figures.add(name + "_delay", longest_delay(clouds, copies), "s");
}

}  // namespace

void measure_simulation(const Setting& setting, Figures& figures) {
  for (const CopyKind& kind : copy_kinds()) {
    say("Simulating copies on " + kind.cloud + " from " + kind.source_region + " to " +
        kind.destination_region);
    measure_one(kind, "10m", figures);
    measure_one(kind, "1h", figures);
    measure_many(kind, setting.simulated_copies, figures);
    measure_throttled(kind, figures);
  }
}

}  // namespace bench
