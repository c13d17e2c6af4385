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

/// Of all providers that this terraform has started and that still run.
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
  for (std::size_t place = output.find(kBegun); place != std::string_view::npos;
       place = output.find(kBegun, place + kBegun.size())) {
    ++count;
  }
  return count;
}

/// Every copy is started, and is looked at since.
void wait_until_all_wait(const harness::Subprocess& terraform, acceptance::EmulatorProcess& emulator,
                         int count) {
  const bool all_begun = terraform.output().wait_until(
      [&](std::string_view output) { return count_creates(output) == count; }, kPatience);
  if (!all_begun) {
    throw std::runtime_error("terraform began " + std::to_string(count_creates(terraform.output().text())) +
                             " creates: " + terraform.errors().text());
  }
  emulator.wait_for_calls("alicloud", "CopyImage", count);
  emulator.wait_for_calls("alicloud", "DescribeImages", emulator.calls("alicloud", "DescribeImages") + 1);
}

void interrupt(Workspace& workspace, harness::Subprocess& apply, const std::string& count, Figures& figures) {
  const auto begin = steady_clock::now();
  // As a terminal does: to the whole process group.
  ::kill(-apply.pid(), SIGINT);
  Workspace::finish(apply, kPatience);
  const std::chrono::duration<double> end = steady_clock::now() - begin;
  figures.add("interrupt_" + count + "_seconds", end.count(), "s");
  int tainted = 0;
  const nlohmann::json held = workspace.resources();
  for (const nlohmann::json& resource : held) tainted += resource.value("tainted", false) ? 1 : 0;
  figures.add("interrupt_" + count + "_in_state", static_cast<double>(held.size()), "copies");
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
