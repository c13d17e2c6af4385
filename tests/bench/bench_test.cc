#include <algorithm>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>

#include "src/cloud/vendors.h"
#include "src/core/text.h"
#include "tests/bench/simulated_clouds.h"
#include "tests/support/catch.h"
#include "tests/support/subprocess.h"
#include "tests/support/test_folder.h"

using nlohmann::json;

namespace {

struct Run {
  harness::ProcessEnd end;
  std::vector<std::string> lines;
  std::string errors;
};

/// Longer than it takes, even with sanitizers.
constexpr std::chrono::minutes kMaxDuration{15};

Run run_bench(const std::vector<std::string>& arguments) {
  const char* path = std::getenv("PATH");
  harness::Subprocess process({.program = IMAGE_BENCH,
                               .arguments = arguments,
                               .environment = {{"PATH", path == nullptr ? "/usr/bin:/bin" : path}}});
  Run run{.end = process.wait(kMaxDuration), .lines = {}, .errors = process.errors().text()};
  run.lines = core::split(process.output().text(), '\n');
  if (!run.lines.empty() && run.lines.back().empty()) run.lines.pop_back();
  return run;
}

/// The names of all figures of a quick run.
std::vector<std::string> expected_figures() {
  std::vector<std::string> names = {"binary_size",          "exec_to_handshake",     "memory_idle",
                                    "memory_waiting_5",     "memory_waiting_5_peak", "interrupt_5_seconds",
                                    "interrupt_5_in_state", "interrupt_5_tainted"};
  for (const bench::CopyKind& kind : bench::copy_kinds()) {
    for (const char* prefix : {"copy_10m", "copy_1h", "copies_5_1h", "throttled_1h"}) {
      for (const char* figure : {"calls", "delay"}) {
        names.push_back(std::string(prefix) + "_" + kind.name + "_" + figure);
      }
    }
  }
  for (const char* command :
       {"plan_1", "apply_1", "refresh_1", "destroy_1", "plan_5", "apply_5", "refresh_5", "destroy_5"}) {
    for (const char* figure : {"calls", "calls_per_copy", "seconds", "terraform_data_seconds", "ratio"}) {
      names.push_back(std::string(command) + "_" + figure);
    }
  }
  return names;
}

}  // namespace

TEST_CASE("a quick run measures every figure, and writes the printed figures as JSON") {
  const harness::TestFolder folder;
  const std::string file = folder.path() + "/figures.json";
  const Run run = run_bench({"--quick", "--json", file});
  CAPTURE(run.errors);
  REQUIRE(run.end == harness::exited(0));
  std::map<std::string, double> figures;
  std::vector<std::string> written;
  const json document = json::parse(harness::read_file(file));
  for (const json& figure : document.at("figures")) {
    const std::string name = figure.at("name");
    written.push_back(name + " " + figure.at("value").dump() + " " + figure.at("unit").get<std::string>());
    CHECK(figures.emplace(name, figure.at("value").get<double>()).second);
  }
  REQUIRE(run.lines.size() == written.size());
  for (std::size_t i = 0; i < written.size(); ++i) CHECK(run.lines[i] == written[i]);
  for (const std::string& name : expected_figures()) {
    CAPTURE(name);
    CHECK(figures.contains(name));
  }
  CHECK(figures["interrupt_5_in_state"] == 5);
  CHECK(figures["interrupt_5_tainted"] == 0);
}

TEST_CASE("copies on every cloud are measured") {
  for (const cloud::Vendor* vendor : cloud::vendors()) {
    CAPTURE(vendor->name);
    CHECK(std::ranges::count(bench::copy_kinds(), std::string(vendor->name), &bench::CopyKind::cloud) > 0);
  }
}

TEST_CASE("a failed measurement is an error that gives the reason") {
  const Run run = run_bench({"--quick", "--provider", "/bin/false"});
  CHECK(run.end == harness::exited(1));
  CHECK(run.errors.contains("no handshake line"));
}
