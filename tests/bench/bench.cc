#include <CLI/CLI.hpp>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <set>

#include "tests/bench/scaling.h"
#include "tests/bench/simulation.h"
#include "tests/bench/startup.h"
#include "tests/bench/waiting.h"

namespace {

void write_json(const std::string& path, const bench::Figures& figures) {
  std::ofstream file(path);
  file << figures.to_json().dump(2) << '\n';
  if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

}  // namespace

int main(int argc, char** argv) {
  bench::Setting setting{.provider = acceptance::usual_programs().provider};
  const auto quick = [&](std::int64_t /*times*/) { make_quick(setting); };
  std::set<std::string> subjects = {"startup", "simulation", "waiting", "scaling"};
  std::string json_file;
  CLI::App app("Measures the provider, and prints one line a figure: name, value, unit.");
  app.add_option("--provider", setting.provider, "program to measure")
      ->capture_default_str()
      ->check(CLI::ExistingFile);
  app.add_option("--latency", setting.latency, "of each call to the emulator")->capture_default_str();
  app.add_option("--json", json_file, "file that gets the figures as JSON");
  app.add_flag_function("--quick", quick, "counts as small as can be, to see that it works")
      ->trigger_on_parse();
  app.add_option("--waiting", setting.waiting, "creates that wait at once, in one apply")
      ->capture_default_str()
      ->check(CLI::Range(1, bench::kMostCopies));
  app.add_option("--sizes", setting.sizes, "copies in one configuration")
      ->capture_default_str()
      ->check(CLI::Range(1, bench::kMostCopies));
  app.add_option("--only", subjects, "what to measure")
      ->capture_default_str()
      ->check(CLI::IsMember(subjects));
  CLI11_PARSE(app, argc, argv);
  try {
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
