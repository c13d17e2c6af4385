#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "src/core/clock.h"
#include "src/core/command_line.h"
#include "tests/emulator/durations.h"
#include "tests/emulator/emulator.h"
#include "tests/emulator/number_text.h"
#include "tests/emulator/server.h"
#include "tests/emulator/state_file.h"

namespace {

struct Arguments {
  std::string listen = "127.0.0.1:0";
  std::string ready_file;
  std::string seed_file;
  std::string state_file;
  std::string copy_duration = "3s";
  std::string latency = "0s";
  std::vector<std::string> switches;
  bool allow_remote = false;
};

struct Address {
  std::string host;
  std::uint16_t port = 0;
};

Address parse_address(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  const auto port = colon == std::string::npos
                        ? std::nullopt
                        : emulator::parse_number(std::string_view(text).substr(colon + 1));
  if (!port || *port > 65535) throw std::runtime_error("--listen must be HOST:PORT, not " + text);
  std::string host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  return {.host = std::move(host), .port = static_cast<std::uint16_t>(*port)};
}

bool is_loopback(const std::string& host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

emulator::Duration parse_option(const std::string& option, const std::string& text, bool zero_allowed) {
  const auto parsed = emulator::parse_span(text);
  const bool is_valid = parsed && (*parsed > emulator::Duration::zero() ||
                                   (zero_allowed && *parsed == emulator::Duration::zero()));
  if (!is_valid) throw std::runtime_error(option + " must be a duration such as 3s, not " + text);
  return *parsed;
}

emulator::Options make_options(const Arguments& arguments) {
  emulator::Options options;
  if (!arguments.state_file.empty()) {
    options.state_file = arguments.state_file;
    const auto folder = std::filesystem::absolute(arguments.state_file).parent_path();
    if (!std::filesystem::is_directory(folder)) {
      throw std::runtime_error("--state: the directory " + folder.string() + " does not exist");
    }
    if (std::filesystem::exists(arguments.state_file)) {
      auto world = emulator::read_world(read_file(arguments.state_file));
      if (!world) throw std::runtime_error(arguments.state_file + ": " + world.error());
      options.world = std::move(*world);
    }
  }
  options.world.copy_duration = parse_option("--copy-duration", arguments.copy_duration, false);
  options.latency = parse_option("--latency", arguments.latency, true);
  for (const std::string& setting : arguments.switches) {
    const std::size_t equals = setting.find('=');
    if (equals == std::string::npos) throw std::runtime_error("--switch must be NAME=VALUE, not " + setting);
    const auto set =
        emulator::set_switch(options.switches, setting.substr(0, equals), setting.substr(equals + 1));
    if (!set) throw std::runtime_error("--switch: " + set.error());
  }
  return options;
}

void apply_seed_file(emulator::Emulator& emulator, const std::string& path) {
  const auto seed = nlohmann::json::parse(read_file(path), nullptr, false);
  if (seed.is_discarded()) throw std::runtime_error(path + " is not JSON");
  const auto applied = emulator.seed(seed);
  if (!applied) throw std::runtime_error(path + ": " + applied.error());
}

/// Serves until SIGTERM or SIGINT arrives.
void serve(const Arguments& arguments) {
  const Address address = parse_address(arguments.listen);
  if (!arguments.allow_remote && !is_loopback(address.host)) {
    throw std::runtime_error("--listen " + arguments.listen +
                             " is not a loopback address, so other machines could reach this test tool. Add "
                             "--allow-remote to allow that");
  }
  // The signals must be blocked before any thread starts, so that only sigwait receives them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  core::SystemClock clock;
  emulator::Emulator emulator(clock, make_options(arguments));
  if (!arguments.seed_file.empty()) apply_seed_file(emulator, arguments.seed_file);
  const emulator::Server server(emulator, address.host, address.port);
  const std::string url = "http://" + address.host + ":" + std::to_string(server.port());
  std::cout << "listening on " << url << "\n" << std::flush;
  if (!arguments.ready_file.empty()) {
    const auto written = emulator::replace_file(arguments.ready_file, url + "\n");
    if (!written) throw std::runtime_error(written.error());
  }
  int signal = 0;
  sigwait(&signals, &signal);
}

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  CLI::App app("Emulate the image APIs of several clouds.", "image-cloud-emulator");
  const auto add = [&](const char* name, auto& value, const char* type, const std::string& text) {
    return app.add_option(name, value, text)->type_name(type);
  };
  add("--listen", arguments.listen, "HOST:PORT", "Listen on this address; port 0 selects a free port")
      ->capture_default_str();
  add("--ready-file", arguments.ready_file, "FILE", "Write the URL to this file when the emulator listens");
  add("--seed", arguments.seed_file, "FILE",
      "Read the initial images, accounts and more from this JSON file");
  add("--state", arguments.state_file, "FILE", "Keep the state in this file across restarts");
  add("--copy-duration", arguments.copy_duration, "DURATION", "Let each copy take this long")
      ->capture_default_str();
  add("--latency", arguments.latency, "DURATION", "Delay every response by this long")->capture_default_str();
  add("--switch", arguments.switches, "NAME=VALUE", "Set a switch; may be repeated")->allow_extra_args(false);
  app.add_flag("--allow-remote", arguments.allow_remote, "Allow addresses that other machines can reach");
  app.footer("Switches and their defaults:\n" + emulator::describe_switches());
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return core::end_of_parsing(app, error, 2);
  }
  try {
    serve(arguments);
  } catch (const std::exception& error) {
    std::cerr << "Error: " << error.what() << ".\n";
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
