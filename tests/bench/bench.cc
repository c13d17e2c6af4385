#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <set>
#include <thread>

#include "tests/bench/scaling.h"
#include "tests/bench/simulation.h"
#include "tests/bench/startup.h"
#include "tests/bench/waiting.h"
#include "tests/support/processes.h"

namespace {

void write_json(const std::string& path, const bench::Figures& figures) {
  std::ofstream file(path);
  file << figures.to_json().dump(2) << '\n';
  if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

/// Kills all descendants of a process, the youngest first.
void end_children_of(pid_t process) {
  for (const pid_t child : harness::children_of(process)) {
    end_children_of(child);
    ::kill(child, SIGKILL);
  }
}

/// Makes SIGINT and SIGTERM end this process and all of its descendants. Must be called before any other
/// thread is started.
void end_all_on_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::thread([signals] {
    int signal = 0;
    sigwait(&signals, &signal);
    end_children_of(getpid());
    std::_Exit(128 + signal);
  }).detach();
}

/// Validates a latency in the emulator's format.
std::string check_latency(const std::string& text) {
  const std::size_t digits = text.find_first_not_of("0123456789");
  const bool is_time = digits != 0 && digits != std::string::npos && digits <= 5 &&
                       (text.substr(digits) == "ms" || text.substr(digits) == "s");
  return is_time ? "" : "\"" + text + "\" is not a time such as 50ms or 1s";
}

}  // namespace

int main(int argc, char** argv) {
  bench::Setting setting{.provider = acceptance::usual_programs().provider};
  const auto quick = [&](std::int64_t /*times*/) { make_quick(setting); };
  std::set<std::string> subjects = {"startup", "simulation", "waiting", "scaling"};
  std::string json_file;
  CLI::App app("Measure the provider, and print one line for each figure: name, value, unit.", "image-bench");
  const auto add = [&](const char* name, auto& value, const char* type, const std::string& text) {
    return app.add_option(name, value, text)->type_name(type)->capture_default_str();
  };
  const CLI::Validator count = CLI::Range(1, bench::kMaxCopies).description("");
  add("--provider", setting.provider, "FILE", "Measure this program")
      ->check(CLI::ExistingFile.description(""));
  add("--latency", setting.latency, "TIME", "Delay each response of the emulator by this long")
      ->check(check_latency);
  add("--json", json_file, "FILE", "Write the figures to this file as JSON");
  app.add_flag_function("--quick", quick, "Use the smallest counts, to see that everything works")
      ->trigger_on_parse();
  add("--waiting", setting.waiting, "COUNT", "Let this many creates wait at once, in one apply")
      ->check(count);
  add("--sizes", setting.sizes, "COUNT", "Measure configurations with these numbers of copies")->check(count);
  add("--only", subjects, "SUBJECT", "Measure only these subjects: startup, simulation, waiting, scaling")
      ->check(CLI::IsMember(subjects).description(""));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? EXIT_SUCCESS : 2;
  }
  end_all_on_signals();
  try {
    // Detects a file that cannot be written before half an hour has passed.
    if (!json_file.empty()) write_json(json_file, bench::Figures(std::cout));
    bench::Figures figures(std::cout);
    if (subjects.contains("startup")) measure_startup(setting, figures);
    if (subjects.contains("simulation")) measure_simulation(setting, figures);
    if (subjects.contains("waiting")) measure_waiting(setting, figures);
    if (subjects.contains("scaling")) measure_scaling(setting, figures);
    if (!json_file.empty()) write_json(json_file, figures);
  } catch (const std::exception& error) {
    std::cerr << "image-bench: " << error.what() << "\n";
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
