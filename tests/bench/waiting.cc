#include "tests/bench/waiting.h"

#include <chrono>
#include <csignal>
#include <stdexcept>

#include "tests/bench/memory.h"
#include "tests/support/processes.h"

namespace bench {
namespace {

using acceptance::Workspace;
using std::chrono::steady_clock;

/// The memory of all running providers of this terraform.
Memory provider_memory(pid_t terraform) {
  Memory sum;
  for (const pid_t provider : harness::children_of(terraform)) {
    const Memory memory = memory_of(provider);
    sum.resident += memory.resident;
    sum.peak += memory.peak;
  }
  return sum;
}

int count_creates(std::string_view output) {
  constexpr std::string_view kBegun = ": Creating...";
  int count = 0;
  for (std::size_t position = output.find(kBegun); position != std::string_view::npos;
       position = output.find(kBegun, position + kBegun.size())) {
    ++count;
  }
  return count;
}

/// Waits until every copy has been started and polled.
void wait_until_all_wait(const harness::Subprocess& terraform, acceptance::EmulatorProcess& emulator,
                         int count) {
  const bool all_begun = terraform.output().wait_until(
      [&](std::string_view output) { return count_creates(output) == count; }, kTerraformTimeout);
  if (!all_begun) {
    throw std::runtime_error("terraform began " + std::to_string(count_creates(terraform.output().text())) +
                             " creates: " + terraform.errors().text());
  }
  emulator.wait_for_calls("alicloud", "CopyImage", count);
  emulator.wait_for_calls("alicloud", "DescribeImages", emulator.calls("alicloud", "DescribeImages") + 1);
}

void interrupt(Workspace& workspace, harness::Subprocess& apply, const std::string& count, Figures& figures) {
  const auto begin = steady_clock::now();
  // Sends SIGINT to the whole process group, as a terminal does.
  ::kill(-apply.pid(), SIGINT);
  Workspace::finish(apply, kTerraformTimeout);
  const std::chrono::duration<double> end = steady_clock::now() - begin;
  figures.add("interrupt_" + count + "_seconds", end.count(), "s");
  int tainted = 0;
  const nlohmann::json resources = workspace.resources();
  for (const nlohmann::json& resource : resources) tainted += resource.value("tainted", false) ? 1 : 0;
  figures.add("interrupt_" + count + "_in_state", static_cast<double>(resources.size()), "copies");
  figures.add("interrupt_" + count + "_tainted", tainted, "copies");
}

}  // namespace

void measure_waiting(const Setting& setting, Figures& figures) {
  for (const int copies : setting.waiting) {
    const std::string count = std::to_string(copies);
    say("Letting " + count + " creates wait");
    Workspace workspace(seed("100h"), programs(setting));
    configure_copies(workspace, copies);
    workspace.must({"init"});
    const auto apply = workspace.start({"apply", "-auto-approve", "-parallelism=" + count});
    wait_until_all_wait(*apply, workspace.emulator(), copies);
    const Memory memory = provider_memory(apply->pid());
    figures.add("memory_waiting_" + count, memory.resident, "MiB");
    figures.add("memory_waiting_" + count + "_peak", memory.peak, "MiB");
    interrupt(workspace, *apply, count, figures);
  }
}

}  // namespace bench
