#include "tests/bench/startup.h"

#include <chrono>
#include <filesystem>

#include "tests/bench/memory.h"
#include "tests/plugin/plugin_process.h"

namespace bench {
namespace {

using std::chrono::steady_clock;

/// In milliseconds.
double time_start(const std::string& provider, const harness::ClientIdentity& identity) {
  const harness::TestFolder folder;
  const harness::Command command{.program = provider,
                                 .arguments = {},
                                 .environment = harness::terraform_environment(folder, identity),
                                 .folder = folder.path()};
  const auto begin = steady_clock::now();
  const harness::Subprocess process(command);
  harness::wait_for_handshake(process);
  return std::chrono::duration<double, std::milli>(steady_clock::now() - begin).count();
}

}  // namespace

void measure_startup(const Setting& setting, Figures& figures) {
  say("Starting the provider " + std::to_string(setting.starts) + " times");
  constexpr double kMegabyte = 1e6;
  figures.add("binary_size", static_cast<double>(std::filesystem::file_size(setting.provider)) / kMegabyte,
              "MB");
  const harness::ClientIdentity identity = harness::create_client_identity();
  std::vector<double> times;
  for (int i = 0; i < setting.starts; ++i) times.push_back(time_start(setting.provider, identity));
  figures.add("exec_to_handshake", median(std::move(times)), "ms");
  harness::PluginProcess idle({.binary = setting.provider});
  figures.add("memory_idle", memory_of(idle.process().pid()).resident, "MiB");
}

}  // namespace bench
