#include "tests/bench/scaling.h"

#include <chrono>

namespace bench {
namespace {

using acceptance::Workspace;
using std::chrono::steady_clock;

struct Cost {
  int calls = 0;
  double seconds = 0;
};

/// The commands from the first plan to the destroy.
struct Life {
  Cost plan;
  Cost apply;
  Cost refresh;  ///< a plan that finds nothing to do
  Cost destroy;
};

Cost cost_of(Workspace& workspace, std::vector<std::string> arguments) {
  const std::string command = arguments.front();
  workspace.emulator().forget_calls();
  const auto begin = steady_clock::now();
  const auto terraform = workspace.start(std::move(arguments));
  const acceptance::Outcome outcome = Workspace::finish(*terraform, kTerraformTimeout);
  const std::chrono::duration<double> end = steady_clock::now() - begin;
  if (outcome.exit_code != 0) throw std::runtime_error("terraform " + command + " failed: " + outcome.text);
  return {.calls = workspace.emulator().all_calls(), .seconds = end.count()};
}

/// The calls of the last plan, and the median time.
Cost refresh_cost(Workspace& workspace, int refreshes) {
  Cost cost;
  std::vector<double> times;
  for (int i = 0; i < refreshes; ++i) {
    // Fails if the plan has changes.
    cost = cost_of(workspace, {"plan", "-detailed-exitcode"});
    times.push_back(cost.seconds);
  }
  cost.seconds = median(std::move(times));
  return cost;
}

Life live(Workspace& workspace, int refreshes) {
  workspace.must({"init"});
  Life life;
  life.plan = cost_of(workspace, {"plan"});
  life.apply = cost_of(workspace, {"apply", "-auto-approve"});
  life.refresh = refresh_cost(workspace, refreshes);
  life.destroy = cost_of(workspace, {"destroy", "-auto-approve"});
  return life;
}

void add(Figures& figures, const std::string& command, int count, const Cost& cost, const Cost& other) {
  const std::string name = command + "_" + std::to_string(count);
  figures.add(name + "_calls", cost.calls, "calls");
  figures.add(name + "_calls_per_copy", static_cast<double>(cost.calls) / count, "calls");
  figures.add(name + "_seconds", cost.seconds, "s");
  figures.add(name + "_terraform_data_seconds", other.seconds, "s");
  figures.add(name + "_ratio", cost.seconds / other.seconds, "times");
}

}  // namespace

void measure_scaling(const Setting& setting, Figures& figures) {
  for (const int count : setting.sizes) {
    say("Planning, applying, refreshing and destroying " + std::to_string(count));
    Workspace copies(seed("1s"), programs(setting));
    configure_copies(copies, count);
    const Life cost = live(copies, setting.refreshes);
    Workspace others(seed("1s"), programs(setting));
    configure_terraform_data(others, count);
    const Life other = live(others, setting.refreshes);
    add(figures, "plan", count, cost.plan, other.plan);
    add(figures, "apply", count, cost.apply, other.apply);
    add(figures, "refresh", count, cost.refresh, other.refresh);
    add(figures, "destroy", count, cost.destroy, other.destroy);
  }
}

}  // namespace bench
